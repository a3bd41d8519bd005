"""Forms of what happens to an event: a reason, a new time, the dates of a series, a file to import."""

import base64
import zlib
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from events.calendar.reading import MOST_BYTES
from events.forms.editing import Times
from events.forms.editing_fields import WallClock
from events.rules.local_time import local
from members.forms.fields import Words

MOST_DATES = 30
MOST_CARRIED = 1_500_000
"""Signs of a packed file that a page carries from its preview to its import."""


class ReasonForm(forms.Form):
    reason = Words(
        label=_("Reason"),
        help_text=_("Everybody who is registered reads it in the letter."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class RescheduleForm(Times):
    """The new time of a postponed event."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        del self.fields["all_day"]


class SeriesForm(forms.Form):
    """When the copies of an event begin: one moment a line."""

    starts = forms.CharField(
        label=_("The copies begin at"),
        help_text=_("One a line, as 24.07.2026 10:00; at most 30."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def clean_starts(self) -> list[datetime]:
        """The moments, by the wall clock without a zone; a line that is none is named."""
        field, found = WallClock(), []
        lines = [line.strip() for line in self.cleaned_data["starts"].splitlines() if line.strip()]
        if len(lines) > MOST_DATES:
            raise ValidationError(_("At most 30 dates at once."))
        for line in lines:
            try:
                found.append(field.clean(line))
            except ValidationError as error:
                raise ValidationError([f"{line[:40]}: {words}" for words in error.messages]) from error
        return [local(moment) for moment in dict.fromkeys(found)]


class ImportForm(forms.Form):
    """A calendar or a programme from another program."""

    upload = forms.FileField(
        label=pgettext_lazy("upload", "File"), widget=forms.FileInput(attrs={"accept": ".ics,.xml,text/calendar"})
    )

    def clean_upload(self) -> bytes:
        upload = self.cleaned_data["upload"]
        if upload.size > MOST_BYTES:
            raise ValidationError(_("The file is larger than 2 MB. Export fewer events at a time."))
        content: bytes = upload.read()
        if len(packed(content)) > MOST_CARRIED:
            raise ValidationError(_("The file is too large for one import. Export fewer events at a time."))
        return content


class CarriedForm(forms.Form):
    """The file of a preview, brought back to be imported."""

    content = forms.CharField(widget=forms.HiddenInput, max_length=MOST_CARRIED)

    def clean_content(self) -> bytes:
        try:
            return unpacked(self.cleaned_data["content"])
        except (ValueError, zlib.error) as error:
            raise ValidationError(_("The file got lost on the way. Choose it again.")) from error


def packed(content: bytes) -> str:
    """A file as a page carries it."""
    return base64.b64encode(zlib.compress(content, 9)).decode()


def unpacked(text: str) -> bytes:
    """The file again; never more than a file may have. Raises ValueError or zlib.error for what is none."""
    packer = zlib.decompressobj()
    content = packer.decompress(base64.b64decode(text, validate=True), MOST_BYTES + 1)
    if packer.unconsumed_tail or not packer.eof:
        raise ValueError("too large, or cut off")
    return content
