"""Draws a simple mark for an organisation of the demonstration: two shapes on a ground, told apart by its number."""

from io import BytesIO
from math import cos, pi, sin

from PIL import Image, ImageDraw

SIZE = 256
LARGE = SIZE * 4  # drawn large and made small: smooth edges
GROUNDS = ("#0f5c57", "#3b3577", "#7a3b1d", "#24405e", "#5a2548", "#3f5a1f")
SHAPES = ("#f3f0e6", "#f0c75e", "#a9d6cf", "#e7b7a5")


def mark(number: int) -> bytes:
    """A square PNG."""
    picture = Image.new("RGB", (LARGE, LARGE), GROUNDS[number % len(GROUNDS)])
    pen = ImageDraw.Draw(picture)
    first, second = SHAPES[number % len(SHAPES)], SHAPES[(number // 2 + 1) % len(SHAPES)]
    _shape(pen, 3 + number % 4, LARGE * 0.36, number * 0.7, first)
    _shape(pen, 3 + (number // 4) % 5, LARGE * 0.17, number * 1.3, second if second != first else "#ffffff")
    out = BytesIO()
    picture.resize((SIZE, SIZE), Image.Resampling.LANCZOS).save(out, "PNG", optimize=True)
    return out.getvalue()


def _shape(pen: ImageDraw.ImageDraw, corners: int, radius: float, turn: float, colour: str) -> None:
    """A regular polygon in the middle; from seven corners on, a disc."""
    middle = LARGE / 2
    if corners > 6:
        pen.ellipse((middle - radius, middle - radius, middle + radius, middle + radius), fill=colour)
        return
    angles = [turn + 2 * pi * corner / corners for corner in range(corners)]
    pen.polygon([(middle + radius * cos(a), middle + radius * sin(a)) for a in angles], fill=colour)
