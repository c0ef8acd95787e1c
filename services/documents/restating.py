"""What an issued document says on its paper, on record and in electronic files: its rows, or the whole anew.

A rectifying invoice by substitution says how things stand after it, and beside that what it changed (RD 1619/2012 art.
15.5). Its rows keep the difference alone, which is what books, returns and payments add up: the whole is what the first
invoice said and that difference. A line that takes back a line of the first cancels it out.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.documents.models import Document, DocumentLine, DocumentTax
from services.documents.rules.amounts import HUNDRED, TaxAmount
from services.documents.rules.kinds import is_vat_alone
from services.documents.rules.tax_codes import tax_code
from services.kit.money import ZERO, total

PRICE_PLACES = Decimal("0.0001")

_document: Any = Document.__table__  # type: ignore[attr-defined]
_line: Any = DocumentLine.__table__  # type: ignore[attr-defined]
_tax: Any = DocumentTax.__table__  # type: ignore[attr-defined]


@dataclass(frozen=True, kw_only=True)
class LineSaid:
    """A line. `unit_price` is before the discount and, as `base`, without VAT (RD 1619/2012 art. 6.1 f)."""

    description: str
    quantity: Decimal
    unit_price: Decimal
    discount_percent: Decimal
    base: Decimal
    tax_code: str


@dataclass(frozen=True, kw_only=True)
class Said:
    """`first` is what the first invoice came to, where this one says the whole anew; else None."""

    lines: Sequence[LineSaid]
    taxes: Sequence[TaxAmount]
    withholding: Decimal
    first: Decimal | None = None

    @property
    def outlays(self) -> Decimal:
        """What was laid out in the customer's name."""
        return total(line.base for line in self.lines if tax_code(line.tax_code).is_outlay)


def says_whole(document: Any) -> bool:
    """Whether a document says the whole anew. What takes back VAT alone has no whole: the debt for the base stays."""
    return document.rectification_method == "S" and not is_vat_alone(document.rectification_cause)


async def said_by(session: AsyncSession, document: Any) -> Said:
    """This will read what a document says, in its own currency. `document` is its row, seen by who asks."""
    lines, taxes = await _lines(session, document.id), await _taxes(session, document.id)
    if not says_whole(document):
        return Said(lines=lines, taxes=taxes, withholding=document.withholding)
    first = (
        await session.execute(
            select(_document.c.withholding, _document.c.total).where(_document.c.id == document.rectifies_id)
        )
    ).one()
    return Said(
        lines=_without_taken_back([*await _lines(session, document.rectifies_id), *lines]),
        taxes=added_up([*await _taxes(session, document.rectifies_id), *taxes]),
        withholding=first.withholding + document.withholding,
        first=first.total,
    )


def added_up(taxes: Iterable[TaxAmount]) -> list[TaxAmount]:
    """This will add up the VAT of several documents by tax code, and leave out a code of which nothing is left."""
    sums: dict[str, TaxAmount] = {}
    for tax in taxes:
        before = sums.get(tax.code.code, TaxAmount(code=tax.code, base=ZERO, quota=ZERO))
        sums[tax.code.code] = TaxAmount(
            code=tax.code,
            base=before.base + tax.base,
            quota=before.quota + tax.quota,
            surcharge=before.surcharge + tax.surcharge,
        )
    left = [tax for tax in sums.values() if tax.base or tax.quota or tax.surcharge]
    # An invoice of nothing still says at which rate.
    found = left or list(sums.values())[:1]
    return sorted(found, key=lambda tax: (-tax.rate, tax.code.code))


def _without_taken_back(lines: Sequence[LineSaid]) -> list[LineSaid]:
    """The lines but pairs of which one takes back the other, in their order."""
    taken_back = Counter(_key(line) for line in lines if line.quantity < 0)
    given = Counter(_key(line) for line in lines if line.quantity > 0)
    pairs = taken_back & given
    cancelled = {True: pairs.copy(), False: pairs.copy()}
    left = []
    for line in lines:
        side = cancelled[line.quantity > 0]
        if side[_key(line)]:
            side[_key(line)] -= 1
        else:
            left.append(line)
    return left or list(lines)


def _key(line: LineSaid) -> tuple[Any, ...]:
    return (
        line.description,
        abs(line.quantity),
        line.unit_price,
        line.discount_percent,
        line.tax_code,
        abs(line.base),
    )


async def _lines(session: AsyncSession, document_id: UUID) -> list[LineSaid]:
    rows = await session.execute(
        select(_line, _document.c.prices_include_tax)
        .join(_document, _document.c.id == _line.c.document_id)
        .where(_line.c.document_id == document_id)
        .order_by(_line.c.position)
    )
    return [
        LineSaid(
            description=row.description,
            quantity=row.quantity,
            unit_price=_without_vat(row) if row.prices_include_tax else row.unit_price,
            discount_percent=row.discount_percent,
            base=row.base,
            tax_code=row.tax_code,
        )
        for row in rows
    ]


def _without_vat(row: Any) -> Decimal:
    code = tax_code(row.tax_code)
    rate = code.rate + code.surcharge_rate if code.is_charged else ZERO
    price: Decimal = row.unit_price * HUNDRED / (HUNDRED + rate)
    return price.quantize(PRICE_PLACES)


async def _taxes(session: AsyncSession, document_id: UUID) -> list[TaxAmount]:
    rows = await session.execute(
        select(_tax).where(_tax.c.document_id == document_id).order_by(_tax.c.rate.desc(), _tax.c.tax_code)
    )
    return [
        TaxAmount(code=tax_code(row.tax_code), base=row.base, quota=row.quota, surcharge=row.surcharge)
        for row in rows
    ]
