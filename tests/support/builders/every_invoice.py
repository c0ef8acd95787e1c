"""One issued invoice of every kind and regime, made as people make them, for whatever must hold of all."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import text

from services.documents.actions.advances import deduct_advance
from services.documents.actions.substituting import substitute_invoices
from services.documents.interface import approve_document
from services.documents.rules.instalments import Instalment
from services.documents.rules.kinds import RectificationCause
from tests.support.builders.documents import LATER, approved, customer, draft, issuer, piece, rectify, row
from tests.support.builders.journal import contact
from tests.support.office import Office

CARDS: dict[str, dict[str, Any]] = {
    "FR": {"name": "Brise SARL", "tax_id": "FR40303265045", "address": "Rue Haute 1", "postcode": "75001"},
    "GR": {"name": "Avra AE", "tax_id": "EL094259216", "address": "Ermou 1", "postcode": "10563"},
    "US": {"name": "Breeze Inc", "address": "1 High Street", "postcode": "02108"},
}
"""Customers abroad, by country."""


@dataclass(frozen=True)
class Issuing:
    """A company whose cards say all that every format wants, and its customer."""

    office: Office
    company_id: UUID
    contact_id: UUID

    async def abroad(self, country: str) -> UUID:
        """A customer elsewhere."""
        card: dict[str, Any] = {"city": country, "province": country, "country": country, "is_customer": True}
        return await contact(self.office, self.company_id, **card, **CARDS[country])

    async def issued(self, *lines: Any, to: UUID | None = None, **fields: Any) -> UUID:
        """An approved invoice; lines as `piece` makes them."""
        return await approved(
            self.office, self.company_id, to or self.contact_id, lines=lines or (piece("100"),), **fields
        )

    async def simplified(self, **fields: Any) -> UUID:
        """One to nobody in particular."""
        nobody = await contact(self.office, self.company_id, "Clientes varios", is_customer=True)
        return await self.issued(piece("0.35"), to=nobody, is_simplified=True, **fields)


async def issuing(office: Office) -> Issuing:
    """A company that may issue and its customer, both with a province."""
    company_id = await issuer(office)
    contact_id = await customer(office, company_id)
    async with office.act() as act:
        for table, key in (("company", company_id), ("contact", contact_id)):
            await act.session.execute(
                text(f"update {table} set province = 'Barcelona' where id = :k"),  # noqa: S608 -- two known names
                {"k": key},
            )
    return Issuing(office, company_id, contact_id)


async def _rates(one: Issuing) -> UUID:
    return await one.issued(
        piece("10.3333", "3", discount_percent=Decimal("12.5")),
        piece("222.2222", tax_code="S10", description="Roble\nmacizo <nº 4> & más"),
        piece("1", "0.3333", tax_code="S4"),
        piece("50", tax_code="S_EXEMPT"),
        piece("9", discount_percent=Decimal(100)),
        description="Obra de marzo ☕",
        operation_on=date(2026, 2, 27),
    )


def _coded(code: str, country: str | None = None, **fields: Any) -> Callable[[Issuing], Awaitable[UUID]]:
    async def issue(one: Issuing) -> UUID:
        to = await one.abroad(country) if country else None
        return await one.issued(piece("125.50", "4", tax_code=code), to=to, **fields)

    return issue


async def _instalments(one: Issuing) -> UUID:
    parts = tuple(
        Instalment(due_on=date(2026, month, 1), amount=Decimal(amount))
        for month, amount in ((4, "100.00"), (5, "21.00"))
    )
    return await one.issued(instalments=parts)


async def _deducted(one: Issuing) -> UUID:
    advance = await one.issued(piece("500", ledger_account_code="438"))
    final = await draft(one.office, one.company_id, one.contact_id, issued_on=LATER, lines=(piece("2000"),))
    version = (await row(one.office, final)).version
    async with one.office.act() as act:
        await deduct_advance(act, final, advance, version=version, text="Anticipo")
        return await approve_document(act, final)


def _corrected(method: str, price: str | None = None, **fields: Any) -> Callable[[Issuing], Awaitable[UUID]]:
    async def issue(one: Issuing) -> UUID:
        lines = (piece(price),) if price else ()
        return await rectify(one.office, await one.issued(), method=method, lines=lines, **fields)

    return issue


async def _simplified(one: Issuing) -> UUID:
    return await one.simplified()


async def _simplified_back(one: Issuing) -> UUID:
    return await rectify(one.office, await one.simplified())


async def _in_place(one: Issuing) -> UUID:
    tickets = [await one.simplified() for _ in range(2)]
    async with one.office.act() as act:
        made = await substitute_invoices(
            act,
            tickets,
            contact_id=one.contact_id,
            issued_on=LATER,
            status="PENDING_REVIEW",
            request_key="full",
        )
        return await approve_document(act, made)


async def _exemptions(one: Issuing) -> UUID:
    codes = ("S_EXEMPT", "S_EXEMPT_21", "S_EXEMPT_22", "S_EXEMPT_24", "S_EXEMPT_OTHER", "S21")
    return await one.issued(*(piece("100", tax_code=code) for code in codes))


async def _outlay(one: Issuing) -> UUID:
    lines = (piece("1000"), piece("120", tax_code="S_OUTLAY"))
    return await one.issued(*lines, withholding_rate=Decimal(15))


EVERY_INVOICE: dict[str, Callable[[Issuing], Awaitable[UUID]]] = {
    "several rates": _rates,
    "surcharge": _coded("S21R52"),
    "withholding": _coded("S21", withholding_rate=Decimal(15)),
    "outlay": _outlay,
    "prices with VAT": _coded("S10", prices_include_tax=True),
    "exempt": _coded("S_EXEMPT"),
    "every exemption": _exemptions,
    "reverse charge": _coded("S_REVERSE"),
    "intra-EU goods": _coded("S_IC_GOODS", "FR"),
    "intra-EU goods to Greece": _coded("S_IC_GOODS", "GR"),
    "intra-EU services": _coded("S_IC_SERVICES", "FR"),
    "triangular": _coded("S_IC_TRIANGULAR", "FR"),
    "export": _coded("S_EXPORT", "US"),
    "not subject": _coded("S_NOT_SUBJECT", "FR"),
    "dollars": _coded("S21", currency="USD", exchange_rate=Decimal("0.91234567")),
    "instalments": _instalments,
    "advance deducted": _deducted,
    "F2": _simplified,
    "F3": _in_place,
    "R1 by differences": _corrected("I"),
    "R1 by substitution, less": _corrected("S", "80"),
    "R1 by substitution, more": _corrected("S", "130"),
    "R2": _corrected("I", cause=RectificationCause.INSOLVENCY),
    # Six months after the VAT fell due (LIVA art. 80.4).
    "R3": _corrected("I", cause=RectificationCause.UNCOLLECTABLE, issued_on=date(2026, 9, 10)),
    "R4": _corrected("I", cause=RectificationCause.OTHER),
    "R5": _simplified_back,
}
"""How each is issued, by name."""
