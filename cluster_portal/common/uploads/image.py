"""Pictures: measured by their header before anything is decoded, and drawn anew for the pages."""

from io import BytesIO

from PIL import ImageOps
from PIL.Image import Dither
from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.WebPImagePlugin import WebPImageFile

from cluster_portal.common.uploads.refusal import UploadRefused

MOST_PIXELS = 16_000_000
LONGEST_SIDE = 6_000
READERS: dict[str, type[ImageFile]] = {
    "image/png": PngImageFile,
    "image/jpeg": JpegImageFile,
    "image/webp": WebPImageFile,
}
_UNREADABLE = (OSError, ValueError, SyntaxError, IndexError, EOFError, OverflowError)


def kind_of_image(head: bytes) -> str | None:
    """The content type by the first bytes."""
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if head.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "image/webp"
    return None


def opened(content: bytes, kind: str) -> ImageFile:
    """A picture decoded to its end: measured first, one frame, within the limits."""
    try:
        picture = READERS[kind](BytesIO(content))  # reads the header only, and warns of nothing
        width, height = picture.size
        _check_size(width, height)
        if getattr(picture, "n_frames", 1) > 1:
            raise UploadRefused("image_animated")
        picture.load()
    except _UNREADABLE as error:
        if isinstance(error, UploadRefused):
            raise
        raise UploadRefused("image_broken") from error
    return picture


def _check_size(width: int, height: int) -> None:
    if width * height > MOST_PIXELS or max(width, height) > LONGEST_SIDE:
        raise UploadRefused("image_too_many_pixels", width=width, height=height, side=LONGEST_SIDE)


def drawn_anew(content: bytes, kind: str, side: int) -> bytes:
    """The same picture as a PNG of at most `side` pixels: no metadata, no comments, nothing behind its end."""
    picture = ImageOps.exif_transpose(opened(content, kind))
    plain = picture.convert("RGBA" if picture.has_transparency_data else "RGB")
    plain.thumbnail((side, side))
    plain.info.clear()
    out = BytesIO()
    plain.save(out, "PNG", optimize=True)
    return out.getvalue()


def lighter(content: bytes, colours: int = 64) -> bytes:
    """A PNG of few flat colours at a third of its weight."""
    picture = opened(content, "image/png").convert("RGB").quantize(colours, dither=Dither.NONE)
    out = BytesIO()
    picture.save(out, format="PNG", optimize=True)
    return out.getvalue()
