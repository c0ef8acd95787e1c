"""One row per company, model, year and period, with everything that the return of that period is computed from."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Date, Integer, Text, and_, case, cast, func, literal, or_, select
from sqlalchemy.dialects.postgresql import INTERVAL, JSON

from services.accounts.interface import company_table
from services.kit.db import table_of
from services.kit.reads import Ask, Expression, Join, Row, Source
from services.taxes.models import TaxBoxEntry, TaxProfile, TaxReturn
from services.taxes.queries.declared import (
    constant,
    first_day,
    list_of,
    object_of,
    one_of,
    written_table,
)
from services.taxes.queries.ledger import result_sums, tax_sums
from services.taxes.queries.sums import (
    VAT_BOXED,
    cash_sums,
    declared_sums,
    partners,
    recipients,
    supplied_sums,
    vat_sums,
    withholding_sums,
)
from services.taxes.rules.models import PERIODS, TaxModel, TaxPeriod, fits

YEARS = (2000, 2100)
"""The calendar years that a return can be asked for, both included."""

_company: Any = company_table()
_profile: Any = table_of(TaxProfile)
_typed: Any = table_of(TaxBoxEntry)
_return: Any = table_of(TaxReturn)

_NAMES_OTHERS = ("M347", "M349")
_WITHHOLDS = ("M111", "M115", "M180", "M190")
_EMPTY: Any = cast(constant("[]"), JSON)


def every_year() -> Any:
    """The calendar years as rows."""
    return func.generate_series(*YEARS, type_=Integer).table_valued("year", name="tax_year").render_derived()


def _calendar() -> Any:
    """Every model with the periods it can be filed for. An instalment looks back to 1 January."""
    rows = []
    for model in TaxModel:
        for code in PERIODS:
            if fits(model, code):
                period = TaxPeriod(YEARS[0], code)
                last = period.first_month + period.months - 1
                first = 1 if model is TaxModel.M130 else period.first_month
                rows.append(
                    {"model": model.value, "period": code, "first": first, "months": last - first + 1}
                )
    return written_table(
        "tax_calendar", rows, {"model": Text, "period": Text, "first": Integer, "months": Integer}
    )


def spans() -> Any:
    """Every company, model and period with its days: `ends_before` is the day after the last."""
    year, calendar = every_year(), _calendar()
    starts_on = first_day(year.c.year, calendar.c.first)
    return (
        select(
            _company.c.id.label("company_id"),
            _company.c.name.label("company_name"),
            _company.c.currency,
            calendar.c.model,
            year.c.year,
            calendar.c.period,
            starts_on.label("starts_on"),
            cast(starts_on + calendar.c.months * cast(constant("1 month"), INTERVAL), Date).label(
                "ends_before"
            ),
        )
        .select_from(_company.join(year, literal(value=True)).join(calendar, literal(value=True)))
        .subquery("span")
    )


def profile_of(company_id: Any, outside: Any) -> Any:
    """The tax profile of a company as JSON; null where it has none and the usual one holds."""
    columns = {name: _profile.c[name] for name in _PROFILE}
    return (
        select(object_of(**columns))
        .where(_profile.c.company_id == company_id)
        .correlate(outside)
        .scalar_subquery()
    )


_PROFILE = (
    "taxpayer",
    "vat_scheme",
    "territory",
    "monthly",
    "monthly_refund",
    "prorata_percent",
    "income_method",
)


def kept_returns(where: Any, *outside: Any) -> Any:
    """Kept returns as a JSON list; withdrawn ones and corrections that were only begun are not among them."""
    columns = {
        name: _return.c[name]
        for name in (
            "model",
            "year",
            "period",
            "state",
            "kind",
            "sequence",
            "boxes",
            "result_type",
            "inputs_hash",
            "due_on",
            "id",
        )
    }
    return (
        select(list_of(object_of(**columns)))
        .where(where, ~one_of(_return.c.state, ("DRAFT", "DISCARDED")))
        .correlate(*outside)
        .scalar_subquery()
    )


def _typed_boxes(span: Any) -> Any:
    listed = list_of(
        object_of(
            model=_typed.c.model,
            period=_typed.c.period,
            box=_typed.c.box,
            amount=_typed.c.amount,
            reason=_typed.c.reason,
        )
    )
    of_model = or_(
        _typed.c.model == span.c.model,
        and_(span.c.model == constant("M390"), _typed.c.model == constant("M303")),
        and_(one_of(span.c.model, _WITHHOLDS), _typed.c.model == constant("M111")),
    )
    return (
        select(listed)
        .where(_typed.c.company_id == span.c.company_id, _typed.c.year == span.c.year, of_model)
        .correlate(span)
        .scalar_subquery()
    )


def _where(span: Any, models: Iterable[str], sums: Any) -> Any:
    """Sums for the models that are computed from them; for the others nothing is read."""
    return case((one_of(span.c.model, models), sums), else_=_EMPTY)


def _made() -> Any:
    span = spans()
    own = and_(
        _return.c.company_id == span.c.company_id,
        _return.c.year.in_([span.c.year, span.c.year - 1]),
        or_(_return.c.model == span.c.model, _return.c.model == constant("M303")),
    )
    return select(
        span,
        profile_of(span.c.company_id, span).label("profile"),
        _where(span, VAT_BOXED, vat_sums(span)).label("vat"),
        _where(span, (*_WITHHOLDS, "M130"), withholding_sums(span)).label("withheld"),
        _where(span, _WITHHOLDS, recipients(span)).label("recipients"),
        _where(span, _NAMES_OTHERS, partners(span)).label("partners"),
        _where(span, ("M349",), declared_sums(span)).label("declared"),
        _where(span, ("M347",), cash_sums(span)).label("cash"),
        _where(span, ("M349",), supplied_sums(span.c.company_id, span.c.year, span)).label("supplied"),
        case(
            (one_of(span.c.model, (*VAT_BOXED, *_WITHHOLDS)), tax_sums(span)),
            (one_of(span.c.model, ("M130",)), result_sums(span)),
            else_=_EMPTY,
        ).label("ledger"),
        _typed_boxes(span).label("typed"),
        kept_returns(own, span).label("kept"),
    ).subquery("tax_draft")


DRAFT_ROWS = _made()
DRAFT = Source(DRAFT_ROWS)


def _is_newest(kept: Row) -> Expression:
    """Whether nothing corrects a return, or nothing that was not given up."""
    later = _return.alias("later")
    same = (later.c[name] == kept.c[name] for name in ("company_id", "model", "year", "period"))
    return and_(
        kept.c.state != constant("DISCARDED"),
        ~select(later.c.id)
        .where(*same, later.c.sequence > kept.c.sequence, later.c.state != constant("DISCARDED"))
        .correlate(kept)
        .exists(),
    )


RECORD_OF = Join(
    lambda draft, kept: and_(
        kept.c.company_id == draft.c.company_id,
        kept.c.model == draft.c.model,
        kept.c.year == draft.c.year,
        kept.c.period == draft.c.period,
        _is_newest(kept),
    )
)

INPUTS = (
    "vat",
    "withheld",
    "recipients",
    "partners",
    "declared",
    "cash",
    "supplied",
    "ledger",
    "typed",
    "kept",
    "profile",
)
"""The columns that the figures of a draft are computed from."""


def of_return(row: Row, values: Mapping[str, Any], ask: Ask) -> Expression:
    """The row of one company, model and period."""
    return and_(
        row.c.company_id == values["companyId"],
        row.c.model == values["model"],
        row.c.year == values["year"],
        row.c.period == values["period"],
    )
