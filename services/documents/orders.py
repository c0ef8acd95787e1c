"""The orders of a list of documents, for the issuer and for who receives them."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, DateTime, Integer, Text, case, func, literal_column

from services.documents.rules.kinds import DocumentKind
from services.documents.rules.states import DocumentStatus
from services.kit.reads import Expression, Row, Sort


def document_sorts(*, is_read: bool = True) -> dict[str, Sort]:
    """This will give the sort of each order by its name; what nobody reads (`is_read`) stands by its day instead."""
    issued: tuple[Callable[[Row], ColumnElement[Any]], str] = (lambda row: row.c.issued_on, "issuedOn")
    keys = {
        "ISSUED": issued,
        "DUE": (lambda row: func.coalesce(row.c.due_on, row.c.issued_on), "dueOn"),
        "NUMBER": (lambda row: _text(row.c.number), "number"),
        "TYPE": (lambda row: _place(row.c.kind, [kind.value for kind in DocumentKind]), "type"),
        "DESCRIPTION": (lambda row: _text(row.c.description), "description"),
        "BASE": (lambda row: row.c.taxable_base, "taxableBase"),
        "TOTAL": (lambda row: row.c.total, "total"),
        "OUTSTANDING": (lambda row: row.c.outstanding, "outstanding"),
        "STATE": (_state, "status"),
        "READ": (_read, "readAt") if is_read else issued,
    }
    return {
        f"{name}_{direction}": Sort(key, reads=reads, descending=direction == "DESC")
        for name, (key, reads) in keys.items()
        for direction in ("ASC", "DESC")
    }


def _text(value: Expression) -> Expression:
    return func.lower(func.coalesce(value, "", type_=Text)).collate("C")


def _place(value: Expression, known: Sequence[str]) -> Expression:
    """Where a value stands among those known, from 0."""
    return case(*((value == one, literal_column(f"{place}", Integer)) for place, one in enumerate(known)))


def _state(row: Row) -> Expression:
    """As a document lives, what was voided last.

    Which estimates have expired is a matter of the day: they stay among those that nobody answered.
    """
    states = [status.value for status in DocumentStatus]
    last = literal_column(f"{len(states)}", Integer)
    return case((row.c.voided_at.is_not(None), last), else_=_place(row.c.status, states))


def _read(row: Row) -> Expression:
    """When it was first downloaded; what was not comes before all that was."""
    never = literal_column("timestamptz '1970-01-01 00:00+00'", DateTime(timezone=True))
    return func.coalesce(row.c.read_at, never)
