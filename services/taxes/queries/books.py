"""VAT books (RD 1624/1992 art. 62 to 66): one row per invoice and tax code, and totals by code of a period.

A full invoice in place of simplified ones (F3) stands in the book and is added up nowhere: what it says was recorded
and declared with those. Invoices are recorded one by one, so there is no summary entry (F4).
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Date, Integer, Text, and_, case, cast, extract, func, literal, select
from sqlalchemy.dialects.postgresql import INTERVAL, aggregate_order_by

from services.accounts.interface import company_table
from services.contacts.interface import contact_table
from services.documents.interface import (
    TAX_CODES,
    TREATMENTS,
    document_link_table,
    document_table,
    document_tax_table,
)
from services.kit.reads import Ask, Expression, Filter, Listing, Row, Sort, Source
from services.kit.search import like_pattern
from services.taxes.queries.declared import (
    MONEY,
    NOTHING,
    by_code,
    constant,
    first_day,
    in_euro,
    is_booked,
    is_charged,
    is_investment,
    is_rectifying,
    one_of,
    quarter_of,
    regime_of,
    written_table,
)
from services.taxes.queries.drafts import every_year
from services.taxes.rules.models import PERIODS, TaxPeriod
from services.verifactu.interface import invoice_record_table

_document: Any = document_table()
_tax: Any = document_tax_table()
_contact: Any = contact_table()
_company: Any = company_table()
_link: Any = document_link_table()
_record: Any = invoice_record_table()
_YEAR = 2000

ISSUED, RECEIVED = "ISSUED", "RECEIVED"
_TYPES_BY_CAUSE = {"INSOLVENCY": "R2", "UNCOLLECTABLE": "R3", "OTHER": "R4"}
"""List L2 of the tax agency; every other cause is R1."""

_QUALIFICATIONS = by_code(
    **{
        each.code: TREATMENTS[each.legend].value if each.legend else "S1"
        for each in TAX_CODES.values()
        if each.side == "SALES" and not each.is_outlay
    }
)
_EXPORTED = tuple(
    each.code
    for each in TAX_CODES.values()
    if each.legend and not each.is_outlay and TREATMENTS[each.legend].value in {"E2", "E3"}
)
"""As their records say: the general key takes neither."""

_IMPORTS = tuple(
    each.code for each in TAX_CODES.values() if each.side == "PURCHASES" and each.regime == "EXPORT"
)


def _invoice_type(document: Row, code: Any) -> Expression:
    """The type of an invoice by list L2: that of its record where it has one, so that book and record agree.

    What customs charged is an import (F5), whoever's invoice it stands on.
    """
    recorded = (
        select(_record.c.type)
        .where(_record.c.document_id == document.c.id, _record.c.kind == constant("ALTA"))
        .correlate(document)
        .scalar_subquery()
    )
    causes = [
        (document.c.rectification_cause == constant(cause), constant(kind))
        for cause, kind in _TYPES_BY_CAUSE.items()
    ]
    told = case(
        (and_(is_rectifying(document), document.c.is_simplified), constant("R5")),
        (is_rectifying(document), case(*causes, else_=constant("R1"))),
        (document.c.is_substitute, constant("F3")),
        (document.c.is_simplified, constant("F2")),
        (one_of(code, _IMPORTS), constant("F5")),
        else_=constant("F1"),
    )
    return func.coalesce(recorded, told, type_=Text)


def _operation_key(document: Row, regime: Any, code: Any) -> Expression:
    """The key of the operation: 01 general, 02 exports on the one side, 09 bought inside the EU on the other."""
    sold = document.c.side == constant("SALES")
    return case(
        (one_of(code, _EXPORTED), constant("02")),
        (and_(~sold, regime == constant("INTRA_EU")), constant("09")),
        else_=constant("01"),
    )


def _substituted(document: Row) -> Any:
    """The numbers of the simplified invoices that a full one takes the place of; null for any other."""
    simplified = _document.alias("simplified")
    linked = (
        select(_link.c.from_id)
        .where(_link.c.to_id == document.c.id, _link.c.purpose == constant("SUBSTITUTION"))
        .correlate(document)
    )
    numbers = func.string_agg(simplified.c.number, aggregate_order_by(constant(", "), simplified.c.number))
    found = (
        select(numbers)
        .where(simplified.c.id.in_(linked), simplified.c.company_id == document.c.company_id)
        .correlate(document)
        .scalar_subquery()
    )
    return case((document.c.is_substitute, found))


def _entries() -> Any:
    """Every invoice and tax code that belongs into a book, in the currency of the books."""
    quota = in_euro(_tax.c.quota, _document)
    surcharge = in_euro(_tax.c.surcharge, _document)
    base = in_euro(_tax.c.base, _document)
    regime = func.coalesce(regime_of(_tax.c.tax_code), _document.c.regime)
    return (
        select(
            _tax.c.id,
            _document.c.company_id,
            case((_document.c.side == constant("SALES"), constant(ISSUED)), else_=constant(RECEIVED)).label(
                "book"
            ),
            _document.c.id.label("document_id"),
            _document.c.kind,
            _document.c.number,
            _document.c.issued_on,
            _document.c.operation_on,
            _document.c.received_on,
            _document.c.tax_on,
            cast(extract("year", _document.c.tax_on), Integer).label("tax_year"),
            func.concat(cast(quarter_of(_document.c.tax_on), Text), constant("T"), type_=Text).label(
                "tax_quarter"
            ),
            is_rectifying(_document).label("is_rectifying"),
            _invoice_type(_document, _tax.c.tax_code).label("invoice_type"),
            _document.c.is_simplified,
            _document.c.is_substitute,
            _substituted(_document).label("substitutes"),
            _contact.c.name.label("contact_name"),
            _contact.c.tax_id,
            _contact.c.country,
            func.coalesce(_contact.c.search_text, constant("")).label("contact_search"),
            _document.c.search_text,
            _tax.c.tax_code,
            regime.label("regime"),
            _operation_key(_document, regime, _tax.c.tax_code).label("operation_key"),
            cast(_QUALIFICATIONS.op("->>")(_tax.c.tax_code), Text).label("qualification"),
            is_investment(_tax.c.tax_code).label("is_investment"),
            _tax.c.rate,
            base.label("base_amount"),
            quota.label("quota"),
            _tax.c.surcharge_rate,
            surcharge.label("surcharge"),
            in_euro(_tax.c.deductible_quota, _document).label("deductible"),
            cast(base + case((is_charged(_tax.c.tax_code), quota), else_=NOTHING) + surcharge, MONEY).label(
                "total"
            ),
        )
        .select_from(
            _document.join(_tax, _tax.c.document_id == _document.c.id).outerjoin(
                _contact, _contact.c.id == _document.c.contact_id
            )
        )
        .where(is_booked(_document))
        .subquery("vat_book")
    )


_ENTRIES = _entries()
ENTRY = Source(_ENTRIES)


def _search(row: Row, value: Any, ask: Ask) -> Any:
    return row.c.search_text.like(value) | row.c.contact_search.like(value)


ENTRIES = Listing(
    filters={
        "companyId": Filter(lambda row, value, ask: row.c.company_id == value, reads=("companyId",)),
        "filter.book": Filter(
            lambda row, value, ask: row.c.book == constant(value), reads=("book",), flag=True
        ),
        "filter.from": Filter(lambda row, value, ask: row.c.tax_on >= value, reads=("taxOn",)),
        "filter.to": Filter(lambda row, value, ask: row.c.tax_on <= value, reads=("taxOn",)),
        "filter.taxCode": Filter(lambda row, value, ask: row.c.tax_code == value, reads=("taxCode",)),
        "filter.investment": Filter(
            lambda row, value, ask: row.c.is_investment.is_(value), reads=("isInvestment",), flag=True
        ),
        "filter.rectifying": Filter(
            lambda row, value, ask: row.c.is_rectifying.is_(value), reads=("isRectifying",), flag=True
        ),
        "filter.search": Filter(_search, reads=("number", "contactName", "taxId"), prepare=like_pattern),
    },
    sorts={
        "DATE_ASC": Sort(lambda row: row.c.tax_on, reads="taxOn"),
        "DATE_DESC": Sort(lambda row: row.c.tax_on, reads="taxOn", descending=True),
        "NUMBER_ASC": Sort(lambda row: func.coalesce(row.c.number, constant("")), reads="number"),
        "NUMBER_DESC": Sort(
            lambda row: func.coalesce(row.c.number, constant("")), reads="number", descending=True
        ),
    },
    first_max=1_000,
)


def _periods() -> Any:
    """Every company, book and period with its days."""
    year = every_year()
    rows = [
        {"book": book, "period": code, "first": period.first_month, "months": period.months}
        for book in (ISSUED, RECEIVED)
        for code in PERIODS
        for period in (TaxPeriod(_YEAR, code),)
    ]
    calendar = written_table(
        "book_calendar", rows, {"book": Text, "period": Text, "first": Integer, "months": Integer}
    )
    starts_on = first_day(year.c.year, calendar.c.first)
    return (
        select(
            _company.c.id.label("company_id"),
            _company.c.currency,
            calendar.c.book,
            year.c.year,
            calendar.c.period,
            starts_on.label("starts_on"),
            cast(starts_on + calendar.c.months * cast(constant("1 month"), INTERVAL), Date).label(
                "ends_before"
            ),
        )
        .select_from(_company.join(year, literal(value=True)).join(calendar, literal(value=True)))
        .subquery("book_period")
    )


BOOK = Source(_periods())


def totals_of_book(book: Row, ask: Ask) -> Any:
    """Sums by tax code of a book's period, the highest rate first."""
    entry = _entries().alias("counted")
    sums = [
        cast(func.sum(entry.c[name]), MONEY).label(name)
        for name in ("base_amount", "quota", "surcharge", "deductible", "total")
    ]
    keys = [entry.c[name] for name in ("tax_code", "regime", "is_investment", "rate", "surcharge_rate")]
    return (
        select(*keys, cast(func.count(), Integer).label("line_count"), *sums)
        .where(
            and_(
                entry.c.company_id == book.c.company_id,
                entry.c.book == book.c.book,
                entry.c.tax_on >= book.c.starts_on,
                entry.c.tax_on < book.c.ends_before,
                entry.c.is_substitute.is_(False),
            )
        )
        .group_by(*keys)
        .order_by(entry.c.rate.desc(), entry.c.tax_code)
    )


def of_period(row: Row, values: Mapping[str, Any], ask: Ask) -> Expression:
    """The row of one company, book and period."""
    return and_(
        row.c.company_id == values["companyId"],
        row.c.book == values["book"],
        row.c.year == values["year"],
        row.c.period == values["period"],
    )
