"""How uploads are received: what is far too large is not kept, and a full disk is a sentence, not an error page.

Named in FILE_UPLOAD_HANDLERS.
"""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, TemporaryFileUploadHandler

CAP = 16 * 1024 * 1024  # bytes of one file: a little more than the largest that any form takes


class Capped(FileUploadHandler):
    """Reads what comes after the cap and throws it away: the form then says that the file is too large.

    The connection is not broken off, so that the browser gets to see that sentence.
    """

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        return raw_data if start <= CAP else None

    def file_complete(self, file_size: int) -> None:
        """The next handler keeps the file."""


class Spilled(TemporaryFileUploadHandler):
    """Large uploads wait in a temporary file; when there is no room for it, the file says so."""

    full = False

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        self.full = False
        try:
            super().new_file(*args, **kwargs)
        except OSError:
            self.full = True

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if self.full:
            return
        try:
            super().receive_data_chunk(raw_data, start)
        except OSError:
            self.full = True

    def file_complete(self, file_size: int) -> "UploadedFile[Any] | None":
        if not self.full:
            try:
                return super().file_complete(file_size)
            except OSError:  # the last part did not fit
                self.full = True
        lost: UploadedFile[Any] = UploadedFile(
            name=self.file_name, content_type=self.content_type or "", size=max(file_size, 1)
        )
        lost.disk_was_full = True  # type: ignore[attr-defined]  # read by check_document and check_image
        return lost
