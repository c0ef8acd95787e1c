"""Parts of a form."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a form: its label and its boxes. Boxes of amounts stand in the order base, rate, quota."""

    label: str
    boxes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a form with a title."""

    title: str
    lines: tuple[Line, ...]


def section(title: str, *lines: tuple[str, str]) -> Section:
    """This will make a section from labels and box numbers written one after the other: ("21 %", "07 08 09")."""
    return Section(title, tuple(Line(label, tuple(boxes.split())) for label, boxes in lines))
