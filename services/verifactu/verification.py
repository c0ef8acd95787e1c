"""Whether a company's records are what was recorded: recomputes every hash and every link."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from lxml import etree
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.verifactu.models import InvoiceChain, InvoiceRecord
from services.verifactu.record_xml import NAMESPACE
from services.verifactu.rules import HashedRecord, amount_text, cancellation_hash, issue_hash

BLOCK_ROWS = 1_000
"""Records fetched at once, so that a chain of any length is verified in little memory."""

_record: Any = InvoiceRecord.__table__  # type: ignore[attr-defined]
_chain: Any = InvoiceChain.__table__  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class BrokenRecord:
    """The first record that no longer holds. `reason`: POSITION, LINK, HASH, XML, or END where the last is missing."""

    position: int
    number: str
    reason: str


@dataclass(frozen=True, slots=True)
class Verified:
    """How many records were looked at, and the first broken one; None where all hold."""

    record_count: int
    broken: BrokenRecord | None


async def verify_records(session: AsyncSession, company_id: UUID) -> Verified:
    """This will recompute a company's chain from its first record. The caller has named a viewer that reaches it.

    Checked: positions without a gap, each record naming the one before it, each hash that of what the record says, the
    amounts and the hash in the XML the same, and the chain's end the last record.
    """
    previous = ""
    position = 0
    statement = select(_record).where(_record.c.company_id == company_id).order_by(_record.c.position)
    result = await session.stream(statement, execution_options={"yield_per": BLOCK_ROWS})
    async for row in result:
        position += 1
        reason = _broken(row, position, previous)
        if reason is not None:
            return Verified(position, BrokenRecord(row.position, row.number, reason))
        previous = row.hash
    end = (
        await session.execute(
            select(_chain.c.last_position, _chain.c.last_hash).where(_chain.c.company_id == company_id)
        )
    ).one_or_none()
    if end is not None and (end.last_position, end.last_hash) != (position, previous):
        return Verified(position, BrokenRecord(end.last_position, "", "END"))
    return Verified(position, None)


def _broken(row: Any, position: int, previous: str) -> str | None:
    if row.position != position:
        return "POSITION"
    if row.previous_hash != previous:
        return "LINK"
    said = HashedRecord(
        issuer_tax_id=row.issuer_tax_id,
        number=row.number,
        issued_on=row.issued_on,
        previous_hash=row.previous_hash,
        recorded_at=row.recorded_at,
        type=row.type,
        tax_total=row.tax_total,
        total=row.total,
    )
    if row.hash != (issue_hash(said) if row.kind == "ALTA" else cancellation_hash(said)):
        return "HASH"
    return None if _agrees(row) else "XML"


def _agrees(row: Any) -> bool:
    """Whether the XML says the same amounts and hash."""
    try:
        record = etree.fromstring(row.xml, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        return False
    said = {
        name: record.findtext(f"{{{NAMESPACE}}}{name}") for name in ("CuotaTotal", "ImporteTotal", "Huella")
    }
    expected = {"CuotaTotal": None, "ImporteTotal": None, "Huella": row.hash}
    if row.kind == "ALTA":
        expected |= {"CuotaTotal": amount_text(row.tax_total), "ImporteTotal": amount_text(row.total)}
    return said == expected
