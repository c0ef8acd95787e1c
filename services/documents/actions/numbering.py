"""Series and their numbers: given at issue from a locked counter, without gaps, in the order of the dates."""

from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.dialects.postgresql import insert

from services.access.interface import Act
from services.documents.actions.refusals import SeriesUnknown
from services.documents.models import Document, DocumentCounter, DocumentSeries
from services.documents.rules.kinds import DocumentKind
from services.documents.rules.numbers import (
    DEFAULT_SERIES,
    RECTIFYING_SERIES,
    SIMPLIFIED_SERIES,
    check_issue_order,
    document_number,
)

_counter: Any = DocumentCounter.__table__  # type: ignore[attr-defined]
_series: Any = DocumentSeries.__table__  # type: ignore[attr-defined]

ORDINARY, RECTIFYING, SIMPLIFIED = "ORDINARY", "RECTIFYING", "SIMPLIFIED"
"""What a series is used for; the last two stand beside the first for sales invoices alone."""

# Written once: every approval runs these, and building a statement costs more than running it.
_COUNTER_ROW = (
    _counter.c.company_id == bindparam("of_company"),
    _counter.c.kind == bindparam("of_kind"),
    _counter.c.series == bindparam("of_series"),
    _counter.c.year == bindparam("of_year"),
)
_LOCK_COUNTER = (
    select(_counter.c.last_number, _counter.c.last_issued_on).where(*_COUNTER_ROW).with_for_update()
)
_TAKE_NUMBER = (
    update(_counter)
    .where(*_COUNTER_ROW)
    .values(last_number=bindparam("number"), last_issued_on=bindparam("issued_on"))
)
_OWN_SERIES = select(_series.c.code, _series.c.is_usual).where(
    _series.c.company_id == bindparam("of_company"),
    _series.c.kind == bindparam("of_kind"),
    _series.c.use == bindparam("of_use"),
)


async def take_number(act: Act, document: Document, kind: DocumentKind) -> None:
    """This will give a document its series and the next number of it in the year of issue.

    The counter row stays locked until the transaction ends; a rollback gives the number back. Raises SeriesUnknown
    and IssuedBeforePrevious.
    """
    series = await _series_of(act, document, kind)
    key = {
        "company_id": document.company_id,
        "kind": kind.value,
        "series": series,
        "year": document.issued_on.year,
    }
    asked = {f"of_{name.removesuffix('_id')}": value for name, value in key.items()}
    row = (await act.session.execute(_LOCK_COUNTER, asked)).one_or_none()
    if row is None:
        await act.session.execute(insert(_counter).values(**key, last_number=0).on_conflict_do_nothing())
        row = (await act.session.execute(_LOCK_COUNTER, asked)).one()
    check_issue_order(document.issued_on, row.last_issued_on)
    number: int = row.last_number + 1
    await act.session.execute(_TAKE_NUMBER, {**asked, "number": number, "issued_on": document.issued_on})
    document.series = series
    document.number = document_number(series, document.issued_on.year, number)


def use_of(document: Document) -> str:
    """What kind of series a document stands in."""
    if document.rectifies_id is not None:
        return RECTIFYING
    return SIMPLIFIED if document.is_simplified else ORDINARY


def usual_series(kind: DocumentKind, use: str) -> str:
    """The series of a company that set up none."""
    return {RECTIFYING: RECTIFYING_SERIES, SIMPLIFIED: SIMPLIFIED_SERIES}.get(use) or DEFAULT_SERIES[kind]


async def _series_of(act: Act, document: Document, kind: DocumentKind) -> str:
    """The series asked for, if it is the company's; else its usual one."""
    use = use_of(document)
    asked = {"of_company": document.company_id, "of_kind": kind.value, "of_use": use}
    own = {row.code: row.is_usual for row in await act.session.execute(_OWN_SERIES, asked)}
    usual = next((code for code, is_usual in own.items() if is_usual), usual_series(kind, use))
    if document.series is None or document.series == usual:
        return usual
    if document.series not in own and document.series != usual_series(kind, use):
        raise SeriesUnknown(path=("series",), series=document.series)
    return document.series
