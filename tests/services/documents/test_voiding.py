"""Voiding an invoice that should not exist: what it takes back, what stays, and when it is too late."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from services.access.interface import Viewer
from services.documents.actions.deciding import cancel_document
from services.documents.actions.rectifying import rectify_document
from services.documents.actions.refusals import (
    DocumentNotOpen,
    DocumentVoid,
    NotVoidable,
    RectifiedStays,
    RectifiedWrong,
    SentStays,
    SettledStays,
)
from services.documents.actions.voiding import void_document
from services.documents.interface import approve_document, send_document, settle, unsettle
from services.documents.rules.states import TransitionRefused
from services.journal.interface import verify_ledger
from services.journal.rules.periods import PeriodLocked
from services.kit import clock
from services.kit.errors import Denied, NotFound
from services.verifactu.interface import verify_records
from services.verifactu.rules import HashedRecord, cancellation_hash
from tests.support.builders.documents import (
    LATER,
    approved,
    balances,
    convert,
    customer,
    draft,
    issuer,
    rectify,
    row,
    sent,
)
from tests.support.builders.journal import post, set_locks
from tests.support.office import Office

VOID = """mutation ($id: ID!, $reason: String! = "Issued twice") {
  voidDocument(id: $id, reason: $reason, requestKey: "void") {
    salesDocument { id status number outstanding voidedAt voidReason verifactu { cancelledAt } facturaeUrl }
    refusals { code path message } } }"""
LIST = """query($c: ID!, $s: DocumentStatus!) {
  salesDocuments(companyId: $c, filter: {status: $s}) { totalCount } }"""
BOOK = """query ($c: ID!) { vatBookLines(companyId: $c, first: 50) { nodes { number } }
  vatBook(companyId: $c, book: ISSUED, year: 2026, period: "1T") { totals { base } } }"""


async def void(office: Office, document_id: UUID, *, viewer: Viewer | None = None) -> UUID:
    async with office.act(viewer) as act:
        return await void_document(act, document_id, reason="Issued twice", request_key="void")


async def records(office: Office, company_id: UUID) -> list[Any]:
    async with office.act() as act:
        found = await act.session.execute(
            text("select * from invoice_record where company_id = :c order by position"), {"c": company_id}
        )
        return list(found)


class TestVoiding:
    async def test_takes_everything_back_but_the_number(self, office: Office) -> None:
        company_id = await issuer(office)
        contact_id = await customer(office, company_id)
        mistaken = await approved(office, company_id, contact_id)

        answer = await office.ask(office.manager, VOID, {"id": str(mistaken)})

        document = answer.data["voidDocument"]["salesDocument"]
        assert (document["status"], document["number"]) == ("VOIDED", "FV26-000001")
        assert (document["outstanding"], document["voidReason"]) == ("0.00", "Issued twice")
        assert document["voidedAt"] is not None
        assert document["facturaeUrl"] is None
        assert document["verifactu"]["cancelledAt"] is not None
        listed = {
            state: (await office.ask(office.manager, LIST, {"c": str(company_id), "s": state})).data[
                "salesDocuments"
            ]["totalCount"]
            for state in ("VOIDED", "CANCELLED", "APPROVED")
        }
        assert listed == {"VOIDED": 1, "CANCELLED": 0, "APPROVED": 0}
        assert await balances(office, company_id) == {}
        next_one = await row(office, await approved(office, company_id, contact_id))
        assert next_one.number == "FV26-000002"
        book = (await office.ask(office.manager, BOOK, {"c": str(company_id)})).data
        assert [line["number"] for line in book["vatBookLines"]["nodes"]] == ["FV26-000002"]
        async with office.act() as act:
            assert (await verify_ledger(act.session, company_id)).broken is None

    async def test_puts_the_cancellation_on_record_in_the_chain(self, office: Office) -> None:
        company_id = await issuer(office)
        mistaken = await approved(office, company_id, await customer(office, company_id))

        with clock.moved_to(datetime(2026, 3, 3, 9, 0, tzinfo=UTC)):
            await void(office, mistaken)

        issued, cancelled = await records(office, company_id)
        assert (cancelled.kind, cancelled.position, cancelled.previous_hash) == ("ANULACION", 2, issued.hash)
        assert cancelled.hash == cancellation_hash(
            HashedRecord(
                issuer_tax_id="B65410011",
                number="FV26-000001",
                issued_on=date(2026, 3, 2),
                previous_hash=issued.hash,
                recorded_at=cancelled.recorded_at,
            )
        )
        async with office.act() as act:
            assert (await verify_records(act.session, company_id)).broken is None

    async def test_is_done_once(self, office: Office) -> None:
        company_id = await issuer(office)
        mistaken = await approved(office, company_id, await customer(office, company_id))

        assert [await void(office, mistaken), await void(office, mistaken)] == [mistaken, mistaken]
        assert len(await records(office, company_id)) == 2

    async def test_gives_back_what_it_took_of_a_delivery_note(self, office: Office) -> None:
        company_id = await issuer(office)
        note = await approved(office, company_id, await customer(office, company_id), kind="DELIVERY_NOTE")
        first = await convert(office, note, "SALES_INVOICE")
        async with office.act() as act:
            await approve_document(act, first)
        await void(office, first)

        again = await convert(office, note, "SALES_INVOICE")

        assert (await row(office, again)).total == Decimal("121.00")

    async def test_leaves_nothing_that_can_be_done_with_it(self, office: Office) -> None:
        company_id = await issuer(office)
        mistaken = await approved(office, company_id, await customer(office, company_id))
        await void(office, mistaken)
        entry_id = await post(office, company_id)

        async with office.act() as act:
            with pytest.raises(DocumentVoid):
                await send_document(act, mistaken)
            with pytest.raises(RectifiedWrong):
                await rectify_document(
                    act, mistaken, method="I", reason="Late", issued_on=LATER, request_key="r"
                )
            with pytest.raises(DocumentNotOpen):
                await settle(act, document_id=mistaken, entry_id=entry_id, amount=Decimal(1), on=LATER)


class TestTooLate:
    async def test_once_it_was_sent_paid_or_rectified(self, office: Office) -> None:
        company_id = await issuer(office)
        contact_id = await customer(office, company_id)
        delivered = await sent(office, company_id, contact_id)
        paid, corrected = [await approved(office, company_id, contact_id) for _ in range(2)]
        entry_id = await post(office, company_id)
        async with office.act() as act:
            await settle(act, document_id=paid, entry_id=entry_id, amount=Decimal(1), on=LATER)
        await rectify(office, corrected)
        before = await records(office, company_id)

        for document_id, refusal in (
            (delivered, SentStays),
            (paid, SettledStays),
            (corrected, RectifiedStays),
        ):
            with pytest.raises(refusal):
                await void(office, document_id)

        assert await records(office, company_id) == before
        async with office.act() as act:
            await unsettle(act, entry_id=entry_id, at=clock.now())
        assert await void(office, paid) == paid

    async def test_once_a_return_of_its_period_was_filed(self, office: Office) -> None:
        company_id = await issuer(office)
        mistaken = await approved(office, company_id, await customer(office, company_id))
        await set_locks(office, company_id, tax_until=date(2026, 3, 31))

        with pytest.raises(PeriodLocked):
            await void(office, mistaken)

        kept = await row(office, mistaken)
        assert (kept.status, kept.voided_at, kept.outstanding) == ("APPROVED", None, Decimal("121.00"))
        assert [record.kind for record in await records(office, company_id)] == ["ALTA"]

    async def test_is_kept_by_the_database_too(self, office: Office) -> None:
        company_id = await issuer(office)
        contact_id = await customer(office, company_id)
        issued, mistaken = [await approved(office, company_id, contact_id) for _ in range(2)]
        await void(office, mistaken)

        for document_id, change in (
            (
                issued,
                """update document set status = 'CANCELLED', outstanding = 0, voided_at = now(), void_reason = '-'
                where id = :d""",
            ),
            (mistaken, "update document set status = 'APPROVED', voided_at = null where id = :d"),
            (mistaken, "update document set sent_at = now() where id = :d"),
        ):
            with pytest.raises(DBAPIError, match=r"rectify it|is void"):
                async with office.act() as act:
                    await act.session.execute(text(change), {"d": document_id})

    async def test_or_never_for_other_papers(self, office: Office) -> None:
        company_id = await issuer(office)
        contact_id = await customer(office, company_id)
        for document_id in (
            await draft(office, company_id, contact_id),
            await approved(office, company_id, contact_id, kind="ESTIMATE"),
            await approved(office, company_id, contact_id, kind="EXPENSE"),
        ):
            with pytest.raises(NotVoidable):
                await void(office, document_id)

    async def test_cancelling_is_not_a_way_around(self, office: Office) -> None:
        company_id = await issuer(office)
        issued = await approved(office, company_id, await customer(office, company_id))
        async with office.act() as act:
            with pytest.raises(TransitionRefused):
                await cancel_document(act, issued)

    async def test_without_a_reason(self, office: Office) -> None:
        company_id = await issuer(office)
        issued = await approved(office, company_id, await customer(office, company_id))

        answer = await office.ask(office.manager, VOID, {"id": str(issued), "reason": "  "})

        (refusal,) = answer.data["voidDocument"]["refusals"]
        assert (refusal["code"], refusal["path"]) == ("BAD_INPUT", ["reason"])


class TestWho:
    async def test_may_approve_sales_may_void(self, office: Office) -> None:
        company_id = await issuer(office)
        issued = await approved(office, company_id, await customer(office, company_id))
        stranger = await office.client_owner(await issuer(office, "Tallers Mistral SL"))

        with pytest.raises(Denied):
            await void(office, issued, viewer=office.bookkeeper)
        with pytest.raises(NotFound):
            await void(office, issued, viewer=stranger)
        answer = await office.ask(stranger, VOID, {"id": str(issued)})

        assert [one["code"] for one in answer.data["voidDocument"]["refusals"]] == ["NOT_FOUND"]
        assert (await row(office, issued)).status == "APPROVED"
