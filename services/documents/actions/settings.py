"""How a company wants its documents: limits, four eyes, series, and what other currencies are worth."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert

from services.access.interface import Act
from services.access.policy import Action, Role, Scope
from services.documents.actions.entered import RATE_MAX, RATE_PLACES, check_currency, check_places
from services.documents.actions.finding import scope_of
from services.documents.actions.numbering import ORDINARY
from services.documents.actions.refusals import SecondPersonKept, SeriesUseRefused
from services.documents.models import DocumentSeries, DocumentSettings, ExchangeRate
from services.documents.rules.kinds import PURCHASE_KINDS, DocumentKind
from services.documents.rules.numbers import (
    DEFAULT_SERIES,
    RECTIFYING_SERIES,
    SIMPLIFIED_SERIES,
    check_series,
)
from services.documents.rules.validity import RETAIL_SIMPLIFIED_TOTAL_MAX, SIMPLIFIED_TOTAL_MAX
from services.kit import clock
from services.kit.errors import BadInput, NotFound
from services.kit.ids import new_id

_settings: Any = DocumentSettings.__table__  # type: ignore[attr-defined]
_series: Any = DocumentSeries.__table__  # type: ignore[attr-defined]
_rate: Any = ExchangeRate.__table__  # type: ignore[attr-defined]

MAY_END_SECOND_PERSON = frozenset({Role.FIRM_OWNER, Role.FIRM_ADMIN, Role.CLIENT_OWNER})
USES = ("ORDINARY", "RECTIFYING", "SIMPLIFIED")
_LIMITS = (SIMPLIFIED_TOTAL_MAX, RETAIL_SIMPLIFIED_TOTAL_MAX)


async def change_settings(
    act: Act, company_id: UUID | str, *, simplified_limit: Decimal, needs_second_person: bool
) -> UUID:
    """This will set how a company's documents are approved and give the company's id.

    Whoever may APPROVE its sales decides it, but ending the second pair of eyes is for those above them, so that
    nobody lifts it off their own work. Raises SecondPersonKept, and BadInput for another limit than 400 or 3000.
    """
    known = await _may(act, company_id, Scope.SALES, Action.APPROVE)
    if simplified_limit not in _LIMITS:
        raise BadInput("simplifiedLimit", "choose 400 or, for retail and the like, 3000")
    if not needs_second_person and act.viewer.role not in MAY_END_SECOND_PERSON:
        needed = select(_settings.c.needs_second_person).where(_settings.c.company_id == known)
        if await act.session.scalar(needed.with_for_update()):
            raise SecondPersonKept(path=("needsSecondPerson",))
    values = {"simplified_limit": simplified_limit, "needs_second_person": needs_second_person}
    await act.session.execute(
        insert(_settings)
        .values(company_id=known, **values)
        .on_conflict_do_update(index_elements=["company_id"], set_=values)
    )
    return known


async def keep_series(
    act: Act, company_id: UUID | str, kind: DocumentKind | str, code: str, *, use: str, is_usual: bool
) -> UUID:
    """This will set up a series of a company, or change whether it is the usual one, and give its id.

    A usual one takes the place of the one before; numbers that were given stay. Needs APPROVE of the kind's side.
    Raises SeriesRefused, SeriesUseRefused, BadInput.
    """
    wanted = DocumentKind(kind)
    known = await _may(act, company_id, scope_of(wanted), Action.APPROVE)
    check_series(code)
    if wanted in PURCHASE_KINDS and wanted not in DEFAULT_SERIES:
        raise BadInput("type", "this kind keeps the supplier's number")
    if use not in USES or (use != ORDINARY and wanted is not DocumentKind.SALES_INVOICE):
        raise BadInput("use", "only sales invoices have rectifying and simplified series")
    taken = {
        RECTIFYING_SERIES: "RECTIFYING",
        SIMPLIFIED_SERIES: "SIMPLIFIED",
        DEFAULT_SERIES[wanted]: ORDINARY,
    }
    if taken.get(code, use) != use:
        raise SeriesUseRefused(path=("code",), series=code)
    same = (_series.c.company_id == known, _series.c.kind == wanted.value)
    if is_usual:
        await act.session.execute(update(_series).where(*same, _series.c.use == use).values(is_usual=False))
    found = (
        await act.session.execute(select(_series.c.id, _series.c.use).where(*same, _series.c.code == code))
    ).one_or_none()
    if found is not None:
        if found.use != use:
            # Its numbers say what they are; the law keeps the uses apart (RD 1619/2012 art. 6.1 a).
            raise SeriesUseRefused(path=("code",), series=code)
        await act.session.execute(update(_series).where(_series.c.id == found.id).values(is_usual=is_usual))
        return found.id  # type: ignore[no-any-return]
    series_id = new_id()
    await act.session.execute(
        insert(_series).values(
            id=series_id,
            company_id=known,
            kind=wanted.value,
            code=code,
            use=use,
            is_usual=is_usual,
            created_at=clock.now(),
        )
    )
    return series_id


async def set_exchange_rate(
    act: Act, company_id: UUID | str, currency: str, day: date, rate: Decimal
) -> UUID:
    """This will note what a currency is worth in that of the books from a day on, and give the row's id.

    Documents that are kept already keep their rate. Needs EDIT of SALES or PURCHASES. Raises BadInput.
    """
    known = await _may(act, company_id, Scope.SALES, Action.EDIT)
    check_currency(currency)
    if not 0 < rate <= RATE_MAX:
        raise BadInput("rate", "give a rate above zero")
    check_places("rate", rate, RATE_PLACES)
    made: UUID = (
        await act.session.execute(
            insert(_rate)
            .values(
                id=new_id(), company_id=known, currency=currency, day=day, rate=rate, created_at=clock.now()
            )
            .on_conflict_do_update(constraint="exchange_rate_once_a_day", set_={"rate": rate})
            .returning(_rate.c.id)
        )
    ).scalar_one()
    return made


async def _may(act: Act, company_id: UUID | str, scope: Scope, action: Action) -> UUID:
    path = ("companyId",)
    if act.owns_only(scope):
        raise NotFound("company", path=path)
    return await act.may(company_id, scope, action, path=path)
