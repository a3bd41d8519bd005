"""Sets one paper; run as a process of its own: order on the standard input as JSON, the paper on the standard output.

The order brings the templates and the data for them. The data reaches a template as one JSON string, so nothing in it
is ever read as markup; a template may open files of this folder only. The process may write no file.
Exit status 0: the paper follows on the output. Otherwise the reason stands on the error output.

Standard library and the compiler only: starting has to be quick.
"""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path
from typing import Any

import typst

HERE = Path(__file__).resolve().parent
SECONDS = 120
NO_LETTERS = "could not be displayed"


def set_paper(order: dict[str, Any]) -> bytes:
    # The compiler begins with the file that is called main.
    files = {"main.typ" if name == order["name"] else name: text.encode() for name, text in order["files"].items()}
    fonts = typst.Fonts(include_system_fonts=True, include_embedded_fonts=True)
    # An accessible PDF first; letters that no font has cannot be in one: then without its promise, with empty boxes.
    promises: tuple[list[typst.PDFStandard], ...] = (order["standards"], [])
    for standards in promises:
        try:
            made: bytes = typst.compile(  # type: ignore[call-overload]  # its stub knows of no files in memory
                files,
                root=HERE,
                font_paths=fonts,
                format=order["kind"],
                sys_inputs={"data": order["data"]},
                pdf_standards=standards,
                package_path=HERE,
                package_cache_path=HERE,
            )
            return made
        except typst.TypstError as error:
            if NO_LETTERS not in error.message or not standards:
                raise
            print(error.message, file=sys.stderr)  # noqa: T201 told to the caller, who writes it to the log
    raise AssertionError("the last try has no standard to break")


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    sys.stdout.buffer.write(set_paper(json.load(sys.stdin)))
