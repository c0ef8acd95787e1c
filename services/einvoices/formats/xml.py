"""Writing XML in the order that a schema wants."""

from decimal import Decimal
from typing import Any, TypeAlias

from lxml import etree

Element: TypeAlias = Any
"""An element of lxml, which ships no types."""


class Writer:
    """Adds elements of one or more namespaces: `add(parent, "cbc:ID", text)`; no prefix for none."""

    def __init__(self, namespaces: dict[str, str]) -> None:
        """This will know the namespaces by their prefixes."""
        self._namespaces = namespaces

    def root(self, name: str, namespaces: dict[str | None, str]) -> Element:
        """This will begin a document."""
        return etree.Element(self._qualified(name), nsmap=namespaces)

    def add(self, parent: Element, name: str, text: str | None = None, **attributes: str) -> Element:
        """This will add a child. Signs that XML cannot hold become blanks."""
        child = etree.SubElement(parent, self._qualified(name), attributes)
        if text is not None:
            child.text = "".join(sign if sign.isprintable() or sign == "\n" else " " for sign in text)
        return child

    def _qualified(self, name: str) -> str:
        prefix, _, local = name.rpartition(":")
        return f"{{{self._namespaces[prefix]}}}{local}" if prefix else local


def written(root: Element) -> bytes:
    """This will give the document's bytes."""
    content: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return content


def cents(amount: Decimal) -> str:
    """This will write an amount with two decimals."""
    return f"{amount:.2f}"


def plain(amount: Decimal) -> str:
    """This will write a number without needless zeros and without an exponent."""
    text = f"{amount:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
