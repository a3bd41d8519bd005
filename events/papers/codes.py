"""QR codes as SVG: for a page, where a screen reader needs a name, and for a paper."""

from html import escape

import segno

from cluster_portal.common.press.plain import plain

QUIET = 4
"""The white border that scanners need, in modules."""


def modules(text: str, mask: int | None = None) -> tuple[int, str]:
    """The side of the code with its border, and a path of its dark modules. `mask`: None tries all eight."""
    code = segno.make(text, error="m", micro=False, mask=mask)
    path = []
    for row, line in enumerate(code.matrix):
        start = None
        for column, dark in enumerate([*line, 0]):
            if dark and start is None:
                start = column
            elif not dark and start is not None:
                path.append(f"M{start + QUIET} {row + QUIET}h{column - start}v1H{start + QUIET}z")
                start = None
    return len(code.matrix) + 2 * QUIET, "".join(path)


def qr_svg(text: str, title: str) -> str:
    """An inline SVG. Colours are attributes, which a strict policy allows; its own light ground keeps it readable
    in the dark. `title` names it for a screen reader: what it opens, not what it looks like."""
    side, path = modules(text)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="qr" viewBox="0 0 {side} {side}" role="img" '
        f'shape-rendering="crispEdges"><title>{escape(plain(title))}</title>'
        f'<path fill="#fff" d="M0 0h{side}v{side}H0z"/><path fill="#000" d="{path}"/></svg>'
    )


def qr_image(text: str, mask: int | None = None) -> str:
    """The code for a paper, on the paper's own white; without a border, which the layout leaves."""
    side, path = modules(text, mask)
    inner = side - 2 * QUIET
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{QUIET} {QUIET} {inner} {inner}">'
        f'<path fill="#000" d="{path}"/></svg>'
    )
