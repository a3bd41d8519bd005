"""Why a file is refused, in words: each sentence says what is wrong and what to do."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

SENTENCES: "Mapping[str, StrPromise]" = {
    "disk_full": _("The portal has no room left for files just now. Nothing was saved; please try again later."),
    "file_empty": _("The file is empty. Choose it again; if it lies on a network drive, copy it to your disk first."),
    "file_too_large": _(
        "The file is larger than %(limit)s MB. Scan it in black and white or at 150 dpi, or split it in two, and "
        "upload it again."
    ),
    "file_unknown": _("This is not a PDF, PNG, JPEG, WebP, DOCX or XLSX file, whatever its name says. Save it as PDF."),
    "image_unknown": _("This is not a PNG, JPEG or WebP picture, whatever its name says. Save it as one of these."),
    "image_animated": _("The picture is animated. Save a single frame of it."),
    "image_broken": _("The picture cannot be read to its end. Save it again and upload the new file."),
    "image_too_many_pixels": _(
        "The picture has %(width)s × %(height)s pixels. At most %(side)s a side and 16 million in all: make it smaller."
    ),
    "office_broken": _("The document cannot be opened. Save it again, or save it as PDF."),
    "office_entities": _("The document refers to other files by its markup. Save it as PDF and upload that."),
    "office_macros": _("The document contains macros. Save it without macros, or save it as PDF."),
    "office_old": _("This is an old or a locked Office document. Save it as PDF, DOCX or XLSX without a password."),
    "office_too_large_inside": _("The document unpacks to far more than its size. Save it as PDF and upload that."),
    "office_unsafe_names": _("The document holds files with unsafe names. Save it as PDF and upload that."),
    "pdf_broken": _("The PDF is cut short: its end is missing. Upload it again, or print it to a new PDF."),
    "pdf_encrypted": _("The PDF is locked with a password or rights. Save it without protection."),
    "pdf_runs_something": _("The PDF contains a script or starts programs. Print it to a new PDF and upload that."),
    "pdf_too_large_inside": _("The PDF unpacks to far more than its size. Print it to a new PDF and upload that."),
    "pdf_too_many_pages": _("The PDF has more than %(limit)s pages. Upload only the part that is asked for."),
    "quota_used_up": _(
        "With this file your organisation would use more than %(limit)s MB. Remove documents that are no longer needed."
    ),
}


class UploadRefused(ValueError):
    """A file that the portal does not take; `code` is a key of SENTENCES."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params

    @property
    def sentence(self) -> str:
        """What is wrong and what to do, in the active language."""
        return SENTENCES[self.code] % self.params
