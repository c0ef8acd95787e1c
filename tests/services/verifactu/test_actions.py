"""Records and their chain on the real engine: made with the invoice, never forked, never changed."""

import asyncio
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import asyncpg
import pytest
from sqlalchemy import text

from services.documents.interface import approve_document
from services.kit import clock
from services.verifactu.actions import NothingOnRecord, record_cancellation
from services.verifactu.interface import verify_records
from services.verifactu.rules import TerritoryNotSupported
from services.verifactu.verification import BrokenRecord
from tests.support.builders.documents import approved, customer, draft, issuer, lines, row
from tests.support.builders.journal import with_the_keys
from tests.support.database import TestServer
from tests.support.office import Office

COUNT = 12
"""Invoices issued at once; each takes its turn at the chain."""


async def records(office: Office, company_id: UUID) -> list[Any]:
    async with office.act() as act:
        found = await act.session.execute(
            text("select * from invoice_record where company_id = :c order by position"), {"c": company_id}
        )
        return list(found)


class TestRecordIssue:
    async def test_comes_with_the_number(self, office: Office) -> None:
        company_id = await issuer(office)
        contact_id = await customer(office, company_id)

        with clock.moved_to(datetime(2026, 3, 2, 9, 0, 0, 900_000, tzinfo=UTC)):
            document_id = await approved(office, company_id, contact_id, withholding_rate=Decimal(15))

        (record,) = await records(office, company_id)
        assert (record.kind, record.type, record.position) == ("ALTA", "F1", 1)
        assert (record.number, record.issuer_tax_id) == ((await row(office, document_id)).number, "B65410011")
        assert (record.tax_total, record.total) == (Decimal("21.00"), Decimal("121.00"))
        assert record.previous_hash == ""
        assert "ValidarQRNoVerifactu?nif=B65410011&numserie=FV26-000001" in record.qr_url
        assert ">2026-03-02T10:00:0" in record.xml

    async def test_is_made_for_invoices_only(self, office: Office) -> None:
        company_id = await issuer(office)
        contact_id = await customer(office, company_id)

        await approved(office, company_id, contact_id, kind="ESTIMATE")
        await approved(office, company_id, contact_id, kind="PURCHASE_INVOICE", number="P-1")

        assert await records(office, company_id) == []

    async def test_goes_when_the_issuing_transaction_does(self, office: Office) -> None:
        company_id = await issuer(office)
        contact_id = await customer(office, company_id)
        document_id = await draft(office, company_id, contact_id)

        async with office.act() as act:
            await approve_document(act, document_id)
            await act.session.rollback()

        assert await records(office, company_id) == []
        await approved(office, company_id, contact_id)
        (record,) = await records(office, company_id)
        assert (record.position, record.number) == (1, "FV26-000001")

    async def test_names_the_record_before(self, office: Office) -> None:
        company_id = await issuer(office)
        contact_id = await customer(office, company_id)

        for _ in range(3):
            await approved(office, company_id, contact_id)

        made = await records(office, company_id)
        assert [record.previous_hash for record in made] == ["", made[0].hash, made[1].hash]

    async def test_makes_one_chain_when_many_issue_at_once(self, office: Office) -> None:
        company_id = await issuer(office)
        contact_id = await customer(office, company_id)
        drafts = [await draft(office, company_id, contact_id) for _ in range(COUNT)]

        async def issue(document_id: UUID) -> None:
            async with office.act() as act:
                await approve_document(act, document_id)

        await asyncio.gather(*(issue(document_id) for document_id in drafts))

        made = await records(office, company_id)
        assert [record.position for record in made] == list(range(1, COUNT + 1))
        assert [record.previous_hash for record in made] == ["", *(record.hash for record in made[:-1])]
        assert len({record.hash for record in made}) == COUNT

    async def test_keeps_a_chain_for_each_issuer(self, office: Office) -> None:
        first, second = await issuer(office), await issuer(office, "Forn Vell SL")

        for company_id in (first, second):
            await approved(office, company_id, await customer(office, company_id))

        assert [(await records(office, company_id))[0].position for company_id in (first, second)] == [1, 1]

    @pytest.mark.parametrize("postcode", ["01001", "20001", "48001", "31001"])
    async def test_refuses_issuers_of_territories_with_systems_of_their_own(
        self, office: Office, postcode: str
    ) -> None:
        company_id = await issuer(office)
        contact_id = await customer(office, company_id)
        async with office.act() as act:
            await act.session.execute(
                text("update company set postcode = :p where id = :c"), {"p": postcode, "c": company_id}
            )
        document_id = await draft(office, company_id, contact_id)

        with pytest.raises(TerritoryNotSupported):
            async with office.act() as act:
                await approve_document(act, document_id)

        assert (await row(office, document_id)).number is None

    async def test_leaves_their_estimates_and_purchases_alone(self, office: Office) -> None:
        company_id = await issuer(office)
        contact_id = await customer(office, company_id)
        async with office.act() as act:
            await act.session.execute(
                text("update company set postcode = '48001' where id = :c"), {"c": company_id}
            )

        document_id = await approved(office, company_id, contact_id, kind="ESTIMATE")

        assert (await row(office, document_id)).status == "APPROVED"


class TestRecordCancellation:
    async def test_is_another_link_that_names_the_invoice(self, office: Office) -> None:
        company_id = await issuer(office)
        document_id = await approved(office, company_id, await customer(office, company_id))

        async with office.act() as act:
            await record_cancellation(act, document_id)

        issued, cancelled = await records(office, company_id)
        assert (cancelled.kind, cancelled.number, cancelled.previous_hash) == (
            "ANULACION",
            issued.number,
            issued.hash,
        )
        async with office.act() as act:
            assert (await verify_records(act.session, company_id)).broken is None

    async def test_happens_once_and_only_to_what_was_issued(self, office: Office) -> None:
        company_id = await issuer(office)
        contact_id = await customer(office, company_id)
        document_id = await approved(office, company_id, contact_id)
        waiting = await draft(office, company_id, contact_id)
        async with office.act() as act:
            await record_cancellation(act, document_id)

        for refused in (document_id, waiting):
            with pytest.raises(NothingOnRecord):
                async with office.act() as act:
                    await record_cancellation(act, refused)

        assert len(await records(office, company_id)) == 2


class TestDatabase:
    @pytest.mark.parametrize(
        "statement",
        [
            "update invoice_record set total = total + 0.01 where company_id = $1",
            "delete from invoice_record where company_id = $1",
        ],
    )
    async def test_refuses_to_change_a_record_whoever_asks(
        self, office: Office, postgres_server: TestServer, statement: str
    ) -> None:
        company_id = await issuer(office)
        await approved(office, company_id, await customer(office, company_id))
        before = await records(office, company_id)
        async with with_the_keys(office, postgres_server, triggers=True) as connection:
            with pytest.raises(asyncpg.PostgresError) as refused:
                await connection.execute(statement, company_id)

        assert refused.value.sqlstate == "AT017"
        assert await records(office, company_id) == before

    async def test_refuses_a_second_successor(self, office: Office) -> None:
        company_id = await issuer(office)
        contact_id = await customer(office, company_id)
        await approved(office, company_id, contact_id)
        other = await draft(office, company_id, contact_id)

        with pytest.raises(Exception, match="not the next link"):
            async with office.act() as act:
                await act.session.execute(
                    text(
                        "insert into invoice_record (id, company_id, document_id, position, kind, issuer_tax_id,"
                        " number, issued_on, type, tax_total, total, previous_hash, hash, recorded_at, qr_url, xml)"
                        " select gen_random_uuid(), company_id, :d, position, kind, issuer_tax_id, 'X', issued_on,"
                        " type, tax_total, total, previous_hash, hash, recorded_at, qr_url, xml"
                        " from invoice_record where company_id = :c"
                    ),
                    {"c": company_id, "d": other},
                )


class TestVerifyRecords:
    async def test_finds_nothing_wrong_with_what_was_recorded(self, office: Office) -> None:
        company_id = await issuer(office)
        contact_id = await customer(office, company_id)
        for _ in range(3):
            await approved(
                office, company_id, contact_id, lines=lines((None, "33.33", "10"), (None, "1.01", "21"))
            )

        async with office.act() as act:
            verified = await verify_records(act.session, company_id)

        assert (verified.record_count, verified.broken) == (3, None)

    @pytest.mark.parametrize(
        ("change", "position", "reason"),
        [
            (
                "update invoice_record set total = total + 0.01 where position = 2 and company_id = $1",
                2,
                "HASH",
            ),
            (
                "update invoice_record set number = 'FV26-000009' where position = 2 and company_id = $1",
                2,
                "HASH",
            ),
            (
                "update invoice_record set xml = replace(xml, '121', '12') where position = 1 and company_id = $1",
                1,
                "XML",
            ),
            ("delete from invoice_record where position = 2 and company_id = $1", 3, "POSITION"),
            ("delete from invoice_record where position = 3 and company_id = $1", 3, "END"),
        ],
    )
    async def test_names_the_broken_record(
        self, office: Office, postgres_server: TestServer, change: str, position: int, reason: str
    ) -> None:
        """Somebody with the keys of the server switches the trigger off; the chain still tells."""
        company_id = await issuer(office)
        contact_id = await customer(office, company_id)
        for _ in range(3):
            await approved(office, company_id, contact_id, issued_on=date(2026, 3, 2))
        async with with_the_keys(office, postgres_server) as connection:
            await connection.execute(change, company_id)

        async with office.act() as act:
            broken = (await verify_records(act.session, company_id)).broken

        assert isinstance(broken, BrokenRecord)
        assert (broken.position, broken.reason) == (position, reason)
