"""The sums that a draft is computed from, each one JSON value of a row with company_id, starts_on and ends_before."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Integer, Numeric, Text, and_, case, cast, extract, func, select

from services.contacts.interface import contact_table
from services.documents.interface import (
    document_link_table,
    document_table,
    document_tax_table,
    settlement_table,
)
from services.journal.interface import journal_line_table, ledger_account_table
from services.kit.reads import Expression, Row
from services.taxes.queries.declared import (
    NOTHING,
    USES,
    constant,
    first_day,
    in_euro,
    is_booked,
    is_charged,
    is_declared,
    is_rectifying,
    list_of,
    object_of,
    one_of,
    quarter_of,
)

_document: Any = document_table()
_tax: Any = document_tax_table()
_link: Any = document_link_table()
_settlement: Any = settlement_table()
_contact: Any = contact_table()
_line: Any = journal_line_table()
_account: Any = ledger_account_table()

WITHHELD_BY_US, WITHHELD_FROM_US = "W", "V"
PERCENT = Numeric(5, 2)
VAT_BOXED = ("M303", "M390")
"""Models whose boxes come from VAT."""

CASH_HEADING = "570"
TRADED = tuple(use.code for use in USES.values() if use.regime == "INTRA_EU")
SUPPLIES = tuple(use.code for use in USES.values() if use.side == "SALES" and use.regime == "INTRA_EU")
IMPORTS = tuple(use.code for use in USES.values() if use.side == "PURCHASES" and use.regime == "EXPORT")
CUSTOMS_COUNTER = "P_NOT_SUBJECT"
"""What takes the customs base off the agent's invoice again (see the table of tax codes)."""

SUPPLIED_YEARS_BACK = 6
OUTSIDE_347 = ("INTRA_EU", "EXPORT", "FOREIGN_SERVICE")


def of_period(period: Row, document: Row) -> Expression:
    """The documents of the company and days of a period row."""
    return and_(
        document.c.company_id == period.c.company_id,
        is_declared(document),
        document.c.tax_on >= period.c.starts_on,
        document.c.tax_on < period.c.ends_before,
    )


def withholding_code(document: Row) -> Expression:
    """W15.00 for what we withheld from a supplier, V15.00 for what a customer withheld from us."""
    side = case(
        (document.c.side == constant("PURCHASES"), constant(WITHHELD_BY_US)), else_=constant(WITHHELD_FROM_US)
    )
    return func.concat(side, cast(cast(document.c.withholding_rate, PERCENT), Text), type_=Text)


def listed(period: Row, keys: Sequence[Any], sums: Sequence[Any], rows: Any, where: Sequence[Any]) -> Any:
    """Sums by keys, as one JSON list in the order of the keys."""
    summed = (
        select(*keys, *sums)
        .select_from(rows)
        .where(*where)
        .group_by(*(key.element for key in keys))
        .order_by(*keys)
        .correlate(period)
        .subquery("summed")
    )
    return select(list_of(object_of(**dict(summed.c.items())))).scalar_subquery()


def vat_sums(period: Row) -> Any:
    """Sums of VAT by tax code, rectifying or not, deducted or not, and quarter."""
    document, tax = _document.alias("vat_document"), _tax.alias("vat_tax")
    return listed(
        period,
        [
            tax.c.tax_code.label("code"),
            is_rectifying(document).label("rectifying"),
            (tax.c.deductible_quota != NOTHING).label("deducts"),
            quarter_of(document.c.tax_on).label("quarter"),
        ],
        [
            func.sum(in_euro(tax.c.base, document)).label("base"),
            func.sum(in_euro(tax.c.quota, document)).label("quota"),
            func.sum(in_euro(tax.c.surcharge, document)).label("surcharge"),
            func.sum(in_euro(tax.c.deductible_quota, document)).label("deductible"),
        ],
        document.join(tax, tax.c.document_id == document.c.id),
        [of_period(period, document)],
    )


def withholding_sums(period: Row) -> Any:
    """Sums of what was withheld, by code (side and rate) and quarter."""
    document = _document.alias("withheld_document")
    return listed(
        period,
        [
            withholding_code(document).label("code"),
            quarter_of(document.c.tax_on).label("quarter"),
        ],
        [
            func.sum(in_euro(document.c.taxable_base, document)).label("base"),
            func.sum(in_euro(document.c.withholding, document)).label("quota"),
        ],
        document,
        [of_period(period, document), document.c.withholding != NOTHING],
    )


def _by_contact(
    period: Row, keys: Sequence[Any], sums: Sequence[Any], rows: Any, where: Sequence[Any]
) -> Any:
    """Sums by `contact_id` and other keys, added up before the names are looked up; a JSON list by name."""
    summed = (
        select(*keys, *sums)
        .select_from(rows)
        .where(*where)
        .group_by(*(key.element for key in keys))
        .correlate(period)
        .subquery("by_contact")
    )
    named = (
        select(summed, _contact.c.name, _contact.c.tax_id, _contact.c.country)
        .select_from(summed.join(_contact, _contact.c.id == summed.c.contact_id))
        .order_by(_contact.c.name, *(summed.c[key.name] for key in keys))
        .subquery("named")
    )
    return select(list_of(object_of(**dict(named.c.items())))).scalar_subquery()


def recipients(period: Row) -> Any:
    """From whom was withheld: sums by contact, code and quarter."""
    document = _document.alias("paid_document")
    return _by_contact(
        period,
        [
            document.c.contact_id.label("contact_id"),
            withholding_code(document).label("code"),
            quarter_of(document.c.tax_on).label("quarter"),
        ],
        [
            func.sum(in_euro(document.c.taxable_base, document)).label("base"),
            func.sum(in_euro(document.c.withholding, document)).label("quota"),
        ],
        document,
        [
            of_period(period, document),
            document.c.withholding != NOTHING,
            document.c.side == constant("PURCHASES"),
        ],
    )


def _named_later(period: Row) -> Any:
    """Simplified invoices that a full one took the place of, and to whom that one was made out."""
    full = _document.alias("full")
    return (
        select(_link.c.from_id.label("document_id"), full.c.contact_id)
        .select_from(_link.join(full, full.c.id == _link.c.to_id))
        .where(
            _link.c.company_id == period.c.company_id,
            _link.c.purpose == constant("SUBSTITUTION"),
            is_booked(full),
        )
        .distinct()
        .correlate(period)
        .subquery("named_later")
    )


def partners(period: Row) -> Any:
    """With whom was traded: sums by contact, tax code, quarter, withholding, and the month that is rectified.

    Simplified invoices count for whoever a full one in their place was made out to. Of a customs agent's invoice the
    line that takes the customs base off again is no trade, as little as the import is.
    """
    named = _named_later(period)
    document, tax, rectified = (
        _document.alias("traded_document"),
        _tax.alias("traded_tax"),
        _document.alias("rectified"),
    )
    imported = _tax.alias("imported_tax")
    takes_off_customs = and_(
        tax.c.tax_code == constant(CUSTOMS_COUNTER),
        select(imported.c.id)
        .where(imported.c.document_id == tax.c.document_id, one_of(imported.c.tax_code, IMPORTS))
        .correlate(tax)
        .exists(),
    )
    charged = case((is_charged(tax.c.tax_code), tax.c.quota), else_=NOTHING) + tax.c.surcharge
    return _by_contact(
        period,
        [
            func.coalesce(named.c.contact_id, document.c.contact_id).label("contact_id"),
            tax.c.tax_code.label("code"),
            quarter_of(document.c.tax_on).label("quarter"),
            (document.c.withholding != NOTHING).label("withheld"),
            cast(extract("year", rectified.c.tax_on), Integer).label("corrected_year"),
            cast(extract("month", rectified.c.tax_on), Integer).label("corrected_month"),
        ],
        [
            func.sum(in_euro(tax.c.base, document)).label("base"),
            func.sum(in_euro(charged, document)).label("charged"),
        ],
        document.join(tax, tax.c.document_id == document.c.id)
        .outerjoin(rectified, rectified.c.id == document.c.rectifies_id)
        .outerjoin(named, named.c.document_id == document.c.id),
        [of_period(period, document), ~takes_off_customs],
    )


def declared_sums(period: Row) -> Any:
    """What earlier returns told for the quarters that this period corrects: sums by contact, tax code and month."""
    document, tax, rectified = (
        _document.alias("told_document"),
        _tax.alias("told_tax"),
        _document.alias("told_rectified"),
    )
    now, then = _document.alias("correcting"), _document.alias("corrected")
    told_on = func.coalesce(rectified.c.tax_on, document.c.tax_on)
    is_corrected = (
        select(now.c.id)
        .select_from(now.join(then, then.c.id == now.c.rectifies_id))
        .where(
            of_period(period, now),
            now.c.regime == constant("INTRA_EU"),
            func.date_trunc(constant("quarter"), then.c.tax_on)
            == func.date_trunc(constant("quarter"), told_on),
        )
        .correlate(period, document, rectified)
        .exists()
    )
    return _by_contact(
        period,
        [
            document.c.contact_id.label("contact_id"),
            tax.c.tax_code.label("code"),
            cast(extract("year", told_on), Integer).label("year"),
            cast(extract("month", told_on), Integer).label("month"),
        ],
        [func.sum(in_euro(tax.c.base, document)).label("base")],
        document.join(tax, tax.c.document_id == document.c.id).outerjoin(
            rectified, rectified.c.id == document.c.rectifies_id
        ),
        [
            document.c.company_id == period.c.company_id,
            is_declared(document),
            document.c.regime == constant("INTRA_EU"),
            document.c.tax_on >= first_day(period.c.year - SUPPLIED_YEARS_BACK, 1),
            document.c.tax_on < period.c.starts_on,
            one_of(tax.c.tax_code, TRADED),
            is_corrected,
        ],
    )


def supplied_sums(company_id: Any, year: Any, *outside: Row) -> Any:
    """What was sold to other member states: sums by year and quarter, a JSON list.

    As far back as decides how the periods were filed that may still be corrected in the year (LGT art. 66).
    """
    document, tax = _document.alias("supplied_document"), _tax.alias("supplied_tax")
    keys = [
        cast(extract("year", document.c.tax_on), Integer).label("year"),
        quarter_of(document.c.tax_on).label("quarter"),
    ]
    summed = (
        select(*keys, func.sum(in_euro(tax.c.base, document)).label("base"))
        .select_from(document.join(tax, tax.c.document_id == document.c.id))
        .where(
            document.c.company_id == company_id,
            is_declared(document),
            document.c.side == constant("SALES"),
            document.c.regime == constant("INTRA_EU"),
            document.c.tax_on >= first_day(year - SUPPLIED_YEARS_BACK, 1),
            document.c.tax_on < first_day(year + 1, 1),
            one_of(tax.c.tax_code, SUPPLIES),
        )
        .group_by(*(key.element for key in keys))
        .order_by(*keys)
        .correlate(*outside)
        .subquery("supplied")
    )
    return select(list_of(object_of(**dict(summed.c.items())))).scalar_subquery()


def traded_months(company_id: Any, year: Any, *outside: Row) -> Any:
    """The months of the year, from 1, with anything that a 349 tells of: sold to or bought from other member states."""
    document, tax = _document.alias("traded_document"), _tax.alias("traded_tax")
    month = cast(extract("month", document.c.tax_on), Integer)
    traded = (
        select(month.label("month"))
        .select_from(document.join(tax, tax.c.document_id == document.c.id))
        .where(
            document.c.company_id == company_id,
            is_declared(document),
            document.c.regime == constant("INTRA_EU"),
            document.c.tax_on >= first_day(year, 1),
            document.c.tax_on < first_day(year + 1, 1),
            one_of(tax.c.tax_code, TRADED),
        )
        .group_by(month)
        .correlate(*outside)
        .subquery("traded")
    )
    return select(list_of(traded.c.month)).scalar_subquery()


def cash_sums(period: Row) -> Any:
    """Who paid in cash (an entry that debits 570): sums by contact and year of the sales, of what the 347 tells of."""
    document, settled, named = (
        _document.alias("paid_sale"),
        _settlement.alias("settled"),
        _named_later(period),
    )
    into_cash = (
        select(_line.c.id)
        .select_from(_line.join(_account, _account.c.id == _line.c.ledger_account_id))
        .where(
            _line.c.entry_id == settled.c.entry_id,
            _line.c.debit > NOTHING,
            func.left(_account.c.code, len(CASH_HEADING)) == constant(CASH_HEADING),
        )
        .correlate(settled)
        .exists()
    )
    return _by_contact(
        period,
        [
            func.coalesce(named.c.contact_id, document.c.contact_id).label("contact_id"),
            cast(extract("year", document.c.tax_on), Integer).label("year"),
        ],
        [func.sum(settled.c.booked).label("amount")],
        settled.join(document, document.c.id == settled.c.document_id).outerjoin(
            named, named.c.document_id == document.c.id
        ),
        [
            settled.c.company_id == period.c.company_id,
            settled.c.settled_on >= period.c.starts_on,
            settled.c.settled_on < period.c.ends_before,
            settled.c.undone_at.is_(None),
            document.c.company_id == period.c.company_id,
            document.c.side == constant("SALES"),
            document.c.withholding == NOTHING,
            ~one_of(document.c.regime, OUTSIDE_347),
            into_cash,
        ],
    )
