"""Invoice records as files to keep or to hand over (RD 1007/2023 art. 8.2: a record can be exported at any time).

A file is in the tax agency's layout for many records (SuministroLR.xsd), which holds at most a thousand: a year of more
comes in several. The records are those that were kept, letter by letter; they are not signed.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from lxml import etree
from sqlalchemy import extract, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.accounts.interface import company_table
from services.verifactu.models import InvoiceRecord
from services.verifactu.record_xml import NAMESPACE
from services.verifactu.rules import NAME_LENGTH_MAX, ZONE

RECORDS_PER_FILE_MAX = 1_000
FILES_MAX = 1_000
HANDOVER_NAMESPACE = NAMESPACE.replace("SuministroInformacion", "SuministroLR")

_record: Any = InvoiceRecord.__table__  # type: ignore[attr-defined]
_company: Any = company_table()


@dataclass(frozen=True, slots=True)
class RecordsFile:
    """A stretch of a company's chain, both ends included."""

    first_position: int
    last_position: int


async def files_of_year(session: AsyncSession, company_id: UUID, year: int) -> list[RecordsFile]:
    """This will give the files that hold the records made in a year of Madrid's time, in order; none without records.

    The caller has checked its scope.
    """
    made_in = extract("year", func.timezone(ZONE.key, _record.c.recorded_at))
    ends = (
        await session.execute(
            select(func.min(_record.c.position), func.max(_record.c.position)).where(
                _record.c.company_id == company_id, made_in == year
            )
        )
    ).one()
    if ends[0] is None:
        return []
    first, last = ends
    starts = range(first, last + 1, RECORDS_PER_FILE_MAX)
    return [RecordsFile(start, min(start + RECORDS_PER_FILE_MAX - 1, last)) for start in starts][:FILES_MAX]


async def records_file(session: AsyncSession, company_id: UUID, file: RecordsFile) -> tuple[str, bytes]:
    """This will write a file and give its name and bytes. The caller has checked its scope.

    A record that is gone from the stretch is missing in the file too; verification says so.
    """
    name = await session.scalar(select(_company.c.name).where(_company.c.id == company_id))
    last = min(file.last_position, file.first_position + RECORDS_PER_FILE_MAX - 1)
    rows = (
        await session.execute(
            select(_record.c.issuer_tax_id, _record.c.xml)
            .where(
                _record.c.company_id == company_id,
                _record.c.position.between(file.first_position, last),
            )
            .order_by(_record.c.position)
        )
    ).all()
    root = etree.Element(
        f"{{{HANDOVER_NAMESPACE}}}RegFactuSistemaFacturacion",
        nsmap={"sum": HANDOVER_NAMESPACE, "sum1": NAMESPACE},
    )
    head = etree.SubElement(root, f"{{{HANDOVER_NAMESPACE}}}Cabecera")
    issuer = etree.SubElement(head, f"{{{NAMESPACE}}}ObligadoEmision")
    etree.SubElement(issuer, f"{{{NAMESPACE}}}NombreRazon").text = (name or "")[:NAME_LENGTH_MAX]
    tax_id = rows[-1].issuer_tax_id if rows else ""
    etree.SubElement(issuer, f"{{{NAMESPACE}}}NIF").text = tax_id
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    for row in rows:
        holder = etree.SubElement(root, f"{{{HANDOVER_NAMESPACE}}}RegistroFactura")
        holder.append(etree.fromstring(row.xml, parser))
    content: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return f"{tax_id}-{file.first_position}-{last}.xml", content
