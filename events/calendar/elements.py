"""XML in and out: elements that know their line, read without entities; bytes written by the standard library."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.etree import ElementTree as ET
from xml.sax import SAXException, SAXParseException, handler

from defusedxml import DefusedXmlException, sax

from events.calendar.problems import Refused
from events.calendar.texts import tidy

DEEPEST = 50


@dataclass
class Element:
    """An element that was read. `text` is what stands in it, outside its children."""

    name: str
    line: int
    attributes: Mapping[str, str]
    children: list["Element"] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return tidy("".join(self.pieces)).strip()

    def all(self, name: str) -> Iterator["Element"]:
        return (child for child in self.children if child.name == name)

    def child(self, name: str) -> "Element | None":
        return next(self.all(name), None)

    def told(self, name: str) -> str:
        """The text of the first child of that name; "" when there is none."""
        child = self.child(name)
        return child.text if child else ""

    def attribute(self, name: str) -> str:
        return tidy(self.attributes.get(name, "")).strip()


def read(content: bytes) -> Element:
    """The root. Raises Refused: xml_entities (a document type or an entity, however harmless), xml_broken."""
    builder = _Builder()
    try:
        sax.parseString(content, builder, forbid_dtd=True)
    except DefusedXmlException as error:
        raise Refused("xml_entities", builder.line()) from error
    except SAXParseException as error:
        raise Refused("xml_broken", max(error.getLineNumber() or 1, 1), column=error.getColumnNumber() or 0) from error
    except (SAXException, ValueError, LookupError) as error:
        raise Refused("xml_broken", builder.line(), column=0) from error
    assert builder.root
    return builder.root


class _Builder(handler.ContentHandler):
    def __init__(self) -> None:
        super().__init__()
        self.root: Element | None = None
        self.open: list[Element] = []
        self.locator: Any = None

    def setDocumentLocator(self, locator: Any) -> None:  # noqa: N802 (the name of the library)
        self.locator = locator

    def line(self) -> int:
        return max(self.locator.getLineNumber() or 1, 1) if self.locator else 1

    def startElement(self, name: str, attrs: Any) -> None:  # noqa: N802
        if len(self.open) >= DEEPEST:
            raise SAXException("too deep")
        element = Element(name, self.line(), dict(attrs.items()))
        if self.open:
            self.open[-1].children.append(element)
        else:
            self.root = element
        self.open.append(element)

    def endElement(self, name: str) -> None:  # noqa: N802
        self.open.pop()

    def characters(self, content: str) -> None:
        self.open[-1].pieces.append(content)


def add(parent: ET.Element, name: str, text: str | None = None, /, **attributes: str) -> ET.Element:
    """A child with text that XML can carry; an attribute that is "" is left out."""
    told = {key: tidy(value) for key, value in attributes.items() if value}
    child = ET.SubElement(parent, name, told)
    child.text = None if text is None else tidy(text)
    return child


def as_bytes(root: ET.Element) -> bytes:
    ET.indent(root)
    written: str = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{written}\n'.encode()
