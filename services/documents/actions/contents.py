"""What a document says, as entered: checked, added up and turned into rows. Every act that writes one uses it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.dialects.postgresql import insert

from services.access.interface import Act
from services.accounts.interface import company_table
from services.contacts.interface import checked_terms, contact_table, due_dates, surviving_id
from services.documents.actions.by_card import CARD_COLUMNS, OUTLAYS, by_card
from services.documents.actions.entered import (
    ONE,
    RATE_MAX,
    RATE_PLACES,
    NewDocument,
    NewLine,
    check_entered,
    check_places,
    printed_by_code,
)
from services.documents.actions.finding import scope_of
from services.documents.actions.rectified import check_sign, rectified_by, vat_alone
from services.documents.models import (
    Document,
    DocumentInstalment,
    DocumentLine,
    DocumentTax,
    ExchangeRate,
)
from services.documents.rules.amounts import (
    DocumentTotals,
    LineAmounts,
    document_totals,
    line_bases,
)
from services.documents.rules.instalments import Instalment, check_instalments
from services.documents.rules.kinds import (
    SALES_KINDS,
    DocumentKind,
    RectificationCause,
    VatRegime,
)
from services.documents.rules.tax_codes import (
    TaxCode,
    TaxMissing,
    TaxNature,
    TaxSide,
    named_tax_code,
    tax_code_for_rate,
)
from services.documents.rules.validity import LineToCheck, check_document
from services.kit.errors import BadInput, NotFound
from services.kit.ids import new_id
from services.kit.money import ZERO
from services.kit.search import search_text

SEARCHED_SIGNS_MAX = 2_000

_document: Any = Document.__table__  # type: ignore[attr-defined]
_line: Any = DocumentLine.__table__  # type: ignore[attr-defined]
_tax: Any = DocumentTax.__table__  # type: ignore[attr-defined]
_instalment: Any = DocumentInstalment.__table__  # type: ignore[attr-defined]
_rate: Any = ExchangeRate.__table__  # type: ignore[attr-defined]
_company, _contact = company_table(), contact_table()
_card = contact_table().alias("card")

# Written once: every document runs these, and building a statement costs more than running it.
_ADD_LINES = insert(_line)
_ADD_TAXES = insert(_tax)
_ADD_INSTALMENTS = insert(_instalment)
_AROUND = (
    select(
        _company.c.currency,
        surviving_id(_contact).label("contact_id"),
        *(_card.c[name] for name in CARD_COLUMNS),
    )
    .outerjoin(
        _contact, (_contact.c.id == bindparam("of_contact")) & (_contact.c.company_id == _company.c.id)
    )
    .outerjoin(_card, _card.c.id == surviving_id(_contact))
    .where(_company.c.id == bindparam("of_company"))
)
_RATE_ON = (
    select(_rate.c.rate)
    .where(
        _rate.c.company_id == bindparam("of_company"),
        _rate.c.currency == bindparam("of_currency"),
        _rate.c.day <= bindparam("of_day"),
    )
    .order_by(_rate.c.day.desc())
    .limit(1)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """A document that was checked and added up. `row` holds the columns of the document itself."""

    row: Mapping[str, Any]
    lines: Sequence[tuple[NewLine, TaxCode, Decimal]]
    totals: DocumentTotals
    instalments: Sequence[Instalment] = field(default_factory=tuple)


async def contents_of(act: Act, company_id: UUID, new: NewDocument) -> Contents:
    """This will check a document as entered and add it up. The caller has checked the scope in the company.

    Raises what check_document, the tax codes, document_totals and check_instalments raise, TotalNegative,
    RectifiedMissing, RectifiedWrong, RectificationReasonMissing, BadInput, and NotFound for a contact or a rectified
    document of another company.
    """
    kind = DocumentKind(new.kind)
    around = await _around(act, company_id, new)
    new = by_card(new, kind, around)
    number = check_entered(new, kind)
    rectified = await rectified_by(act, company_id, new, kind)
    cause = (new.rectification_cause or RectificationCause.CORRECTION) if rectified is not None else None
    is_vat_alone = cause is not None and cause.is_vat_alone
    if is_vat_alone:
        # What was laid out stays owed, as the base does.
        supplied = tuple(line for line in new.lines if line.tax_code not in OUTLAYS)
        new = replace(new, withholding_rate=ZERO, lines=supplied)
    day = new.operation_on or new.issued_on
    if rectified is not None:
        day = rectified.operation_on or rectified.issued_on
    side = TaxSide.SALES if kind in SALES_KINDS else TaxSide.PURCHASES
    codes = [_code(line, new.regime, side, day, position) for position, line in enumerate(new.lines, 1)]
    if new.received_on is not None and any(code.is_self_assessed for code in codes):
        raise BadInput(
            "receivedOn",
            "VAT that the buyer owes falls due with the operation, whenever the invoice arrives; leave this empty",
        )
    amounts = [_amounts(line, code) for line, code in zip(new.lines, codes, strict=True)]
    check_document(
        lines=[
            LineToCheck(
                description=line.description,
                amounts=each,
                ledger_account_code=line.ledger_account_code,
                is_rectifying=rectified is not None,
            )
            for line, each in zip(new.lines, amounts, strict=True)
        ],
        issued_on=new.issued_on,
        due_on=new.due_on,
        withholding_rate=new.withholding_rate,
    )
    totals = document_totals(
        amounts,
        withholding_rate=new.withholding_rate,
        prices_include_tax=new.prices_include_tax,
        printed_quotas=printed_by_code(new, codes),
    )
    if is_vat_alone:
        if new.rectification_method == "S":
            raise BadInput("rectification.method", "VAT alone comes back by its difference: say I")
        totals = vat_alone(new, totals, kind, rectified)
    check_sign(totals, kind, rectified)
    instalments = _instalments(new, totals)
    bases = line_bases(amounts, prices_include_tax=new.prices_include_tax)
    row = {
        "side": scope_of(kind).name,
        "kind": kind.value,
        # A rectification keeps the contact of what it rectifies; all else is made out to the card of today.
        "contact_id": new.contact_id if new.rectifies_id is not None else around.contact_id,
        "number": number,
        "series": new.series,
        "regime": (new.regime or _regime_of(new, codes)).value,
        "is_simplified": not new.is_substitute
        and (new.is_simplified or bool(rectified is not None and rectified.is_simplified)),
        "is_substitute": new.is_substitute,
        "rectifies_id": new.rectifies_id,
        "rectification_reason": (new.rectification_reason or "").strip() or None,
        "rectification_method": (new.rectification_method or "I") if rectified is not None else None,
        "rectification_cause": cause and cause.value,
        "issued_on": new.issued_on,
        "operation_on": new.operation_on,
        "received_on": new.received_on,
        "due_on": instalments[-1].due_on if instalments else new.due_on,
        "payment_method": new.payment_method and new.payment_method.value,
        "currency": new.currency,
        "exchange_rate": await _exchange_rate(act, company_id, new, str(around.currency), day),
        "prices_include_tax": new.prices_include_tax,
        "description": new.description,
        "search_text": searched(number, new.description, [line.description for line in new.lines]),
        "taxable_base": totals.taxable_base,
        "tax_total": totals.tax_total,
        "surcharge_total": totals.surcharge,
        "withholding_rate": new.withholding_rate,
        "withholding": totals.withholding,
        "outlay_total": totals.outlays,
        "total": totals.total,
    }
    return Contents(
        row=row,
        lines=tuple(zip(new.lines, codes, bases, strict=True)),
        totals=totals,
        # One sum on one day is what `due_on` says already.
        instalments=instalments if len(instalments) > 1 else (),
    )


async def add_parts(act: Act, company_id: UUID, document_id: UUID, contents: Contents) -> list[UUID]:
    """This will write lines, VAT and instalments of a document and give the ids of its lines, in their order."""
    of_document = {"company_id": company_id, "document_id": document_id}
    line_ids = [line.id or new_id() for line, _, _ in contents.lines]
    await act.session.execute(
        _ADD_LINES,
        [
            {
                "id": line_id,
                **of_document,
                "position": position,
                "description": line.description.strip(),
                "is_product": line.is_product,
                "quantity": line.quantity,
                "unit_price": line.unit_price,
                "discount_percent": line.discount_percent,
                "tax_code": code.code,
                "tax_rate": code.rate,
                "deductible_percent": line.deductible_percent,
                "ledger_account_code": line.ledger_account_code,
                "base": base,
            }
            for position, (line_id, (line, code, base)) in enumerate(
                zip(line_ids, contents.lines, strict=True), start=1
            )
        ],
    )
    await act.session.execute(
        _ADD_TAXES,
        [
            {
                "id": new_id(),
                **of_document,
                "tax_code": tax.code.code,
                "rate": tax.rate,
                "base": tax.base,
                "quota": tax.quota,
                "surcharge_rate": tax.surcharge_rate,
                "surcharge": tax.surcharge,
                "deductible_quota": tax.deductible_quota,
            }
            for tax in contents.totals.taxes
        ],
    )
    if contents.instalments:
        await act.session.execute(
            _ADD_INSTALMENTS,
            [
                {
                    "id": new_id(),
                    **of_document,
                    "position": position,
                    "due_on": one.due_on,
                    "amount": one.amount,
                }
                for position, one in enumerate(contents.instalments, start=1)
            ],
        )
    return line_ids


def searched(number: str | None, description: str | None, lines: Sequence[str]) -> str:
    """What a search looks through: number, description and lines. The contact's name is looked up in its book."""
    return search_text(number, description, *lines)[:SEARCHED_SIGNS_MAX]


async def rate_on(act: Act, company_id: UUID, currency: str, day: date) -> Decimal | None:
    """This will give the company's last known rate of a currency up to a day, or None."""
    asked = {"of_company": company_id, "of_currency": currency, "of_day": day}
    known: Decimal | None = await act.session.scalar(_RATE_ON, asked)
    return known


async def _around(act: Act, company_id: UUID, new: NewDocument) -> Any:
    """The currency of the books, the contact that stands for the one named, and its card. Raises NotFound."""
    asked = {"of_company": company_id, "of_contact": new.contact_id}
    around = (await act.session.execute(_AROUND, asked)).one()
    if new.contact_id is not None and around.contact_id is None:
        raise NotFound("contact", path=("contactId",))
    return around


def _code(line: NewLine, regime: VatRegime | None, side: TaxSide, day: date, position: int) -> TaxCode:
    if line.tax_code is not None:
        return named_tax_code(line.tax_code, side=side, day=day, position=position)
    if line.tax_rate is None:
        raise TaxMissing(path=("lines", str(position - 1), "taxCode"), position=position)
    return tax_code_for_rate(
        line.tax_rate,
        side=side,
        regime=regime or VatRegime.DOMESTIC,
        nature=_nature(line, side),
        day=day,
        position=position,
    )


def _nature(line: NewLine, side: TaxSide) -> TaxNature:
    """Accounts of group 2 are investment goods when bought (LIVA art. 108)."""
    if side is TaxSide.PURCHASES and (line.ledger_account_code or "").startswith("2"):
        return TaxNature.INVESTMENT
    return TaxNature.GOODS if line.is_product else TaxNature.SERVICES


def _amounts(line: NewLine, code: TaxCode) -> LineAmounts:
    return LineAmounts(
        quantity=line.quantity,
        unit_price=line.unit_price,
        discount_percent=line.discount_percent,
        tax=code,
        deductible_percent=line.deductible_percent,
    )


def _regime_of(new: NewDocument, codes: Sequence[TaxCode]) -> VatRegime:
    """What the named codes say: the first that is not plainly exempt; DOMESTIC where only rates were given."""
    named = [code for line, code in zip(new.lines, codes, strict=True) if line.tax_code is not None]
    if len(named) < len(codes) or not named:
        return VatRegime.DOMESTIC
    return next((code.regime for code in named if code.regime is not VatRegime.EXEMPT), VatRegime.EXEMPT)


def _instalments(new: NewDocument, totals: DocumentTotals) -> tuple[Instalment, ...]:
    if new.terms is not None:
        terms = checked_terms(new.terms, path="paymentTerms")
        return tuple(
            Instalment(due_on=due_on, amount=amount)
            for due_on, amount in due_dates(terms, new.issued_on, totals.total)
        )
    if not new.instalments:
        return ()
    return check_instalments(new.instalments, document_total=totals.total, issued_on=new.issued_on)


async def _exchange_rate(
    act: Act, company_id: UUID, new: NewDocument, books: str, day: date
) -> Decimal | None:
    """What one unit is worth in the books; None where nobody said yet, which an approval refuses."""
    if new.currency == books:
        if new.exchange_rate not in (None, ONE):
            raise BadInput("exchangeRate", "the currency of the books has no exchange rate")
        return ONE
    if new.exchange_rate is None:
        return await rate_on(act, company_id, new.currency, day)
    if not 0 < new.exchange_rate <= RATE_MAX:
        raise BadInput("exchangeRate", "give a rate above zero")
    check_places("exchangeRate", new.exchange_rate, RATE_PLACES)
    return new.exchange_rate
