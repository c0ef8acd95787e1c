"""One row per company, period and box, and the lines behind it: each document with what it put into the box."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from itertools import product
from typing import Any

from sqlalchemy import Boolean, Date, Integer, Text, Uuid, and_, case, cast, func, or_, select, union_all

from services.contacts.interface import contact_table
from services.documents.interface import document_table, document_tax_table
from services.journal.interface import journal_entry_table, journal_line_table, ledger_account_table
from services.kit.reads import Ask, Expression, Row, Source
from services.taxes.queries.declared import (
    MONEY,
    NOT_MOVEMENTS,
    NOTHING,
    USES,
    constant,
    in_euro,
    is_rectifying,
    one_of,
    tax_day,
    written_table,
)
from services.taxes.queries.drafts import of_return, spans
from services.taxes.queries.sums import of_period, withholding_code
from services.taxes.rules.figures import feeds_of
from services.taxes.rules.models import TaxModel
from services.taxes.rules.taxed import Part

LINES_MAX = 1_000
"""The most lines of a box that are shown; its amount and count are always those of all."""

VAT_BOXED, WITHHOLDING_BOXED = ("M303", "M390"), ("M111", "M115")
"""Models whose boxes come from VAT, and from withholdings: said first, so that the other lines are not looked for."""

RESULT_BOXES = (
    ("M130", "01", "7", -1),
    ("M130", "02", "6", 1),
    ("M130", "03", "7", -1),
    ("M130", "03", "6", -1),
)
"""Boxes of the instalment that come from the profit and loss accounts: model, box, group, sign of debit less credit."""

BORNE_BOXES = (("M130", "06"),)
"""Boxes of what customers withheld."""

_BOTH = (False, True)
_document: Any = document_table()
_tax: Any = document_tax_table()
_contact: Any = contact_table()
_entry: Any = journal_entry_table()
_line: Any = journal_line_table()
_account: Any = ledger_account_table()


def _feed_rows(name: str) -> Any:
    """What of a line of each code goes into each box, as rows: one for a code, rectifying or not, deducted or not.

    A total adds up several boxes, so a line may count with several of its amounts; the weights say how often each.
    """
    weights: defaultdict[tuple[str, str, str, bool, bool], Counter[Part]] = defaultdict(Counter)
    for model in TaxModel:
        for code, feeds in feeds_of(model, USES).items():
            for feed, rectifying, deducts in product(feeds, _BOTH, _BOTH):
                if feed.rectifying in (None, rectifying) and feed.deducts in (None, deducts):
                    weights[model.value, feed.box, code, rectifying, deducts][feed.part] += feed.sign
    rows = [
        {
            "model": model,
            "box": box,
            "code": code,
            "rectifying": rectifying,
            "deducts": deducts,
            **{part.value.lower(): parts[part] for part in Part},
        }
        for (model, box, code, rectifying, deducts), parts in weights.items()
        if any(parts.values())
    ]
    columns = {"model": Text, "box": Text, "code": Text, "rectifying": Boolean, "deducts": Boolean}
    return written_table(name, rows, columns | {part.value.lower(): Integer for part in Part})


def _box_rows() -> Any:
    """Every box that opens lines."""
    boxes = {
        (model.value, feed.box)
        for model in TaxModel
        for feeds in feeds_of(model, USES).values()
        for feed in feeds
    }
    boxes |= {(model, box) for model, box, _, _ in RESULT_BOXES} | set(BORNE_BOXES)
    rows = [{"model": model, "box": box} for model, box in sorted(boxes)]
    return written_table("tax_box", rows, {"model": Text, "box": Text})


def opening_boxes() -> frozenset[tuple[str, str]]:
    """Model and number of every box that opens lines, for the sign beside it."""
    opened = {
        (model.value, feed.box)
        for model in TaxModel
        for feeds in feeds_of(model, USES).values()
        for feed in feeds
    }
    return frozenset(opened | {(model, box) for model, box, _, _ in RESULT_BOXES} | set(BORNE_BOXES))


def _boxes() -> Any:
    span, box = spans(), _box_rows()
    return (
        select(
            span.c.company_id,
            span.c.model,
            span.c.year,
            span.c.period,
            span.c.starts_on,
            span.c.ends_before,
            span.c.currency,
            box.c.box.label("number"),
        )
        .select_from(span.join(box, box.c.model == span.c.model))
        .subquery("opened_box")
    )


BOX = Source(_boxes())


def _vat_lines(box: Row) -> Any:
    document, tax, feed = _document.alias("box_document"), _tax.alias("box_tax"), _feed_rows("box_feed")
    return _of_documents(
        box,
        document.join(tax, tax.c.document_id == document.c.id).join(feed, feed.c.code == tax.c.tax_code),
        [
            one_of(box.c.model, VAT_BOXED),
            of_period(box, document),
            feed.c.model == box.c.model,
            feed.c.box == box.c.number,
            feed.c.rectifying == is_rectifying(document),
            feed.c.deducts == (tax.c.deductible_quota != NOTHING),
        ],
        document,
        code=tax.c.tax_code,
        amounts=(tax.c.base, tax.c.quota, tax.c.surcharge),
        amount=feed.c.base * in_euro(tax.c.base, document)
        + feed.c.quota * in_euro(tax.c.quota, document)
        + feed.c.surcharge * in_euro(tax.c.surcharge, document)
        + feed.c.deductible * in_euro(tax.c.deductible_quota, document),
    )


def _withheld_lines(box: Row) -> Any:
    document, feed = _document.alias("paid_document"), _feed_rows("withheld_feed")
    code = withholding_code(document)
    return _of_documents(
        box,
        document.join(feed, feed.c.code == code),
        [
            one_of(box.c.model, WITHHOLDING_BOXED),
            of_period(box, document),
            feed.c.model == box.c.model,
            feed.c.box == box.c.number,
            ~feed.c.rectifying,
            ~feed.c.deducts,
            document.c.withholding != NOTHING,
        ],
        document,
        code=code,
        amounts=(document.c.taxable_base, document.c.withholding, NOTHING),
        amount=feed.c.base * in_euro(document.c.taxable_base, document)
        + feed.c.quota * in_euro(document.c.withholding, document),
    )


def _borne_lines(box: Row) -> Any:
    document = _document.alias("borne_document")
    return _of_documents(
        box,
        document,
        [
            box.c.model == constant("M130"),
            of_period(box, document),
            or_(
                *(
                    and_(box.c.model == constant(model), box.c.number == constant(number))
                    for model, number in BORNE_BOXES
                )
            ),
            document.c.withholding != NOTHING,
            document.c.side == constant("SALES"),
        ],
        document,
        code=withholding_code(document),
        amounts=(document.c.taxable_base, document.c.withholding, NOTHING),
        amount=in_euro(document.c.withholding, document),
    )


def _of_documents(
    box: Row,
    rows: Any,
    where: list[Any],
    document: Row,
    *,
    code: Any,
    amounts: tuple[Any, Any, Any],
    amount: Any,
) -> Any:
    contact = _contact.alias(f"of_{document.name}")  # type: ignore[attr-defined]
    base, quota, surcharge = amounts
    joined = rows.outerjoin(contact, contact.c.id == document.c.contact_id)
    return (
        select(
            document.c.id.label("document_id"),
            cast(None, Uuid).label("entry_id"),
            document.c.side.label("side"),
            cast(document.c.number, Text).label("number"),
            cast(tax_day(document), Date).label("day"),
            cast(contact.c.name, Text).label("name"),
            cast(contact.c.tax_id, Text).label("tax_id"),
            cast(code, Text).label("code"),
            in_euro(base, document).label("base"),
            in_euro(quota, document).label("quota"),
            in_euro(surcharge, document).label("surcharge"),
            cast(amount, MONEY).label("amount"),
        )
        .select_from(joined)
        .where(*where)
        .correlate(box)
    )


def _entry_lines(box: Row) -> Any:
    """Lines of the profit and loss accounts, for the instalment of a sole trader."""
    chosen = [
        and_(
            box.c.model == constant(model),
            box.c.number == constant(number),
            _account.c.code.like(constant(f"{group}%")),
        )
        for model, number, group, _ in RESULT_BOXES
    ]
    signs = [
        (condition, constant(str(sign), Integer))
        for condition, (_, _, _, sign) in zip(chosen, RESULT_BOXES, strict=True)
    ]
    moved = _line.c.debit - _line.c.credit
    return (
        select(
            cast(None, Uuid).label("document_id"),
            _entry.c.id.label("entry_id"),
            constant("JOURNAL").label("side"),
            cast(_entry.c.number, Text).label("number"),
            _line.c.entry_on.label("day"),
            cast(_line.c.text, Text).label("name"),
            cast(None, Text).label("tax_id"),
            _account.c.code.label("code"),
            cast(moved, MONEY).label("base"),
            NOTHING.label("quota"),
            NOTHING.label("surcharge"),
            cast(cast(case(*signs), Integer) * moved, MONEY).label("amount"),
        )
        .select_from(
            _line.join(_entry, _entry.c.id == _line.c.entry_id).join(
                _account, _account.c.id == _line.c.ledger_account_id
            )
        )
        .where(
            box.c.model == constant("M130"),
            _line.c.company_id == box.c.company_id,
            _line.c.entry_on >= box.c.starts_on,
            _line.c.entry_on < box.c.ends_before,
            _entry.c.state == constant("POSTED"),
            ~one_of(_entry.c.source, NOT_MOVEMENTS),
            or_(*chosen),
        )
        .correlate(box)
    )


def _every_line(box: Row) -> Any:
    """Each line behind a box once, however many boxes a total adds up."""
    made = (make(box) for make in (_vat_lines, _withheld_lines, _borne_lines, _entry_lines))
    return union_all(*made).subquery("every_line")


def lines_of_box(box: Row, ask: Ask) -> Any:
    """What is behind a box, by day and number, at most LINES_MAX."""
    every = _every_line(box)
    return (
        select(every)
        .where(every.c.amount != NOTHING)
        .order_by(every.c.day, every.c.number, every.c.document_id, every.c.entry_id, every.c.code)
        .limit(LINES_MAX)
    )


def sum_of_box(box: Row, ask: Ask) -> Any:
    """The sum of all lines behind a box, and how many they are."""
    every = _every_line(box)
    return select(
        func.coalesce(func.sum(every.c.amount), NOTHING).label("amount"),
        cast(func.count(), Integer).label("line_count"),
    ).where(every.c.amount != NOTHING)


def of_number(row: Row, values: Mapping[str, Any], ask: Ask) -> Expression:
    """The row of one box of one return."""
    return and_(of_return(row, values, ask), row.c.number == values["number"])
