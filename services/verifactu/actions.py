"""Putting invoices on record, as links of the issuer's chain. The callers have checked their own scope."""

from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import insert, select, update
from sqlalchemy.dialects.postgresql import insert as insert_or

from services.access.interface import Act
from services.access.policy import Action, Scope
from services.accounts.interface import company_table
from services.kit import clock
from services.kit.errors import NotFound, Refused
from services.kit.ids import new_id
from services.kit.settings import get_settings
from services.verifactu.declaration import billing_system
from services.verifactu.models import InvoiceChain, InvoiceRecord
from services.verifactu.record_xml import cancellation_xml, issue_xml
from services.verifactu.rules import (
    HashedRecord,
    Link,
    RecordedInvoice,
    TerritoryNotSupported,
    cancellation_hash,
    check_number,
    date_text,
    foral_territory,
    issue_hash,
    validation_url,
)

_record: Any = InvoiceRecord.__table__  # type: ignore[attr-defined]
_chain: Any = InvoiceChain.__table__  # type: ignore[attr-defined]
_company = company_table()


class NothingOnRecord(Refused):
    """Only what was put on record when it was issued can be cancelled there, once."""

    code: ClassVar[str] = "NOTHING_ON_RECORD"
    sentence: ClassVar[str] = "There is no record of this invoice to cancel."


async def check_territory(act: Act, company_id: UUID) -> None:
    """This will refuse companies whose invoices belong to another tax office, raising TerritoryNotSupported.

    The address on the company's card decides; `rules.foral_territory` says how.
    """
    card = (
        await act.session.execute(
            select(_company.c.country, _company.c.postcode, _company.c.province).where(
                _company.c.id == company_id
            )
        )
    ).one()
    territory = foral_territory(
        country=card.country or "ES", postcode=card.postcode or "", province=card.province or ""
    )
    if territory is not None:
        raise TerritoryNotSupported


async def company_of_chain(act: Act, company_id: UUID | str) -> UUID:
    """This will give the id of a company whose whole chain the viewer may see: all its sales, not only their own.

    Needs SALES VIEW. Raises NotFound, Denied.
    """
    found = await act.may(company_id, Scope.SALES, Action.VIEW, what="company", path=("companyId",))
    if act.owns_only(Scope.SALES):
        raise NotFound("company", path=("companyId",))
    return found


async def record_issue(act: Act, company_id: UUID, document_id: UUID, invoice: RecordedInvoice) -> str:
    """This will put an invoice on record as issued now and give its hash.

    In the caller's transaction: the record stands and falls with the number. Amounts are EUR. The chain's row stays
    locked until the transaction ends. Raises TerritoryNotSupported, NumberNotRecordable.
    """
    await check_territory(act, company_id)
    check_number(invoice.number)
    settings = get_settings()
    position, link = await _end_of_chain(act, company_id)
    recorded_at = clock.now().replace(microsecond=0)
    record_hash = issue_hash(
        HashedRecord(
            issuer_tax_id=invoice.issuer.tax_id,
            number=invoice.number,
            issued_on=invoice.issued_on,
            previous_hash=link.hash,
            recorded_at=recorded_at,
            type=invoice.type.value,
            tax_total=invoice.tax_total,
            total=invoice.total,
        )
    )
    await _append(
        act,
        {
            "company_id": company_id,
            "document_id": document_id,
            "position": position + 1,
            "kind": "ALTA",
            "issuer_tax_id": invoice.issuer.tax_id,
            "number": invoice.number,
            "issued_on": invoice.issued_on,
            "type": invoice.type.value,
            "tax_total": invoice.tax_total,
            "total": invoice.total,
            "previous_hash": link.hash,
            "hash": record_hash,
            "recorded_at": recorded_at,
            "qr_url": validation_url(
                tax_id=invoice.issuer.tax_id,
                number=invoice.number,
                issued_on=invoice.issued_on,
                total=invoice.total,
                sends=settings.invoice_records_sent,
                on_tests=settings.invoice_records_on_tests,
            ),
            "xml": issue_xml(
                invoice,
                link=link,
                system=billing_system(get_settings()),
                recorded_at=recorded_at,
                record_hash=record_hash,
            ),
        },
    )
    return record_hash


async def record_cancellation(act: Act, document_id: UUID) -> str:
    """This will put on record that an issued invoice is void and give the record's hash; its number stays used.

    Raises NothingOnRecord where it was never put on record or is cancelled already.
    """
    kinds = (
        await act.session.execute(
            select(
                _record.c.company_id,
                _record.c.kind,
                _record.c.issuer_tax_id,
                _record.c.number,
                _record.c.issued_on,
            ).where(_record.c.document_id == document_id)
        )
    ).all()
    if [row.kind for row in kinds] != ["ALTA"]:
        raise NothingOnRecord
    issued = kinds[0]
    position, link = await _end_of_chain(act, issued.company_id)
    recorded_at = clock.now().replace(microsecond=0)
    record_hash = cancellation_hash(
        HashedRecord(
            issuer_tax_id=issued.issuer_tax_id,
            number=issued.number,
            issued_on=issued.issued_on,
            previous_hash=link.hash,
            recorded_at=recorded_at,
        )
    )
    await _append(
        act,
        {
            "company_id": issued.company_id,
            "document_id": document_id,
            "position": position + 1,
            "kind": "ANULACION",
            "issuer_tax_id": issued.issuer_tax_id,
            "number": issued.number,
            "issued_on": issued.issued_on,
            "previous_hash": link.hash,
            "hash": record_hash,
            "recorded_at": recorded_at,
            "xml": cancellation_xml(
                issuer_tax_id=issued.issuer_tax_id,
                number=issued.number,
                issued_on=date_text(issued.issued_on),
                link=link,
                system=billing_system(get_settings()),
                recorded_at=recorded_at,
                record_hash=record_hash,
            ),
        },
    )
    return record_hash


async def _end_of_chain(act: Act, company_id: UUID) -> tuple[int, Link]:
    """The last position of a company's chain and the record there. Locked until the transaction ends."""
    asking = (
        select(_chain.c.last_position, _chain.c.last_hash)
        .where(_chain.c.company_id == company_id)
        .with_for_update()
    )
    end = (await act.session.execute(asking)).one_or_none()
    if end is None:
        await act.session.execute(
            insert_or(_chain)
            .values(company_id=company_id, last_position=0, last_hash="")
            .on_conflict_do_nothing()
        )
        end = (await act.session.execute(asking)).one()
    if end.last_position == 0:
        return 0, Link()
    last = (
        await act.session.execute(
            select(_record.c.issuer_tax_id, _record.c.number, _record.c.issued_on).where(
                _record.c.company_id == company_id, _record.c.position == end.last_position
            )
        )
    ).one()
    issued_on: date = last.issued_on
    return end.last_position, Link(
        hash=end.last_hash, issuer_tax_id=last.issuer_tax_id, number=last.number, issued_on=issued_on
    )


async def _append(act: Act, row: dict[str, Any]) -> None:
    await act.session.execute(insert(_record).values(id=new_id(), **row))
    await act.session.execute(
        update(_chain)
        .where(_chain.c.company_id == row["company_id"])
        .values(last_position=row["position"], last_hash=row["hash"])
    )
