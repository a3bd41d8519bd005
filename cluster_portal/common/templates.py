"""Reads the templates of pages without their indentation: a reader of HTML sees none, and a page is lighter by some."""

import re

from django.template import Origin
from django.template.loaders.filesystem import Loader as FilesystemLoader

INDENTATION = re.compile(r"\n[ \t]+")


class Loader(FilesystemLoader):
    """Lines keep their numbers, so an error still says where it is. Letters and plain texts stay as they are."""

    def get_contents(self, origin: Origin) -> str:
        text: str = super().get_contents(origin)
        name = str(origin.template_name)
        return INDENTATION.sub("\n", text) if name.endswith(".html") and "/emails/" not in name else text
