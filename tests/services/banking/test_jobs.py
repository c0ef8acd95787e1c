"""Proposals follow what documents open: through the real queue, by the worker's own job."""

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import update

from services.access.interface import Viewer, membership_table
from services.banking.jobs import refresh_proposals_job
from services.documents.interface import approve_document, approve_documents
from services.kit.db import Addresses, Database
from services.kit.embedded import DATABASE
from services.kit.jobs import JobRefused
from tests.support.builders.banking import Bank, open_bank
from tests.support.builders.documents import customer, draft, lines
from tests.support.builders.norma43 import movement
from tests.support.builders.reconciliation import lines_of
from tests.support.database import TestServer
from tests.support.jobs import Queue, drained
from tests.support.office import Office

JOB = "refresh_proposals"


@pytest.fixture
async def product(postgres_server: TestServer, postgres: Addresses) -> AsyncIterator[tuple[Database, Queue]]:
    """A database of the test's own with everything in it: a worker takes every job it finds, also other tests'."""
    assert postgres.app_url, "the template is prepared for the first database that tests share"
    name = f"proposals_{uuid4().hex}"
    addresses = await postgres_server.create_database(name, template=DATABASE)
    opened = Database(addresses)
    await opened.open()
    yield opened, Queue(addresses, opened.engine, await opened.seals())
    await opened.close()
    await postgres_server.drop_database(name)


@pytest.fixture
def queue(product: tuple[Database, Queue]) -> Queue:
    """The queue in that database."""
    return product[1]


@pytest.fixture
async def bank(product: tuple[Database, Queue], tmp_path: Path) -> Bank:
    """A client there, with an account that 1,210.00 came in on and nothing it could be for."""
    bank = await open_bank(await Office.open(product[0], tmp_path / "files"))
    await bank.receive(movement("1210.00", text="TRANSF CARPINTERIA MUNOZ"))
    return bank


async def waiting_sale(bank: Bank, price: str = "1000.00", **fields: Any) -> UUID:
    """An invoice that waits for approval, with 21 % VAT."""
    contact_id = await customer(bank.office, bank.company_id, "Carpintería Muñoz SL")
    sold = lines((None, price, "21"))
    return await draft(
        bank.office, bank.company_id, contact_id, issued_on=date(2026, 10, 20), lines=sold, **fields
    )


async def payloads(queue: Queue) -> list[str]:
    return [
        bytes(row["payload"]).decode()
        for row in await queue.rows("select payload from pgqueuer where entrypoint = $1", JOB)
    ]


async def proposed(bank: Bank) -> list[tuple[str, UUID | None]]:
    return [(line.state, line.proposed_document_id) for line in await lines_of(bank)]


class TestApproving:
    async def test_has_the_open_lines_proposed_anew(self, queue: Queue, bank: Bank) -> None:
        invoice = await waiting_sale(bank)
        assert await proposed(bank) == [("NEW", None)]

        async with bank.office.act() as act:
            await approve_document(act, invoice)
        await drained(queue, refresh_proposals_job(bank.office.database))

        assert await proposed(bank) == [("PROPOSED", invoice)]
        assert await queue.statuses(JOB) == []

    async def test_of_many_at_once_makes_one_job_for_a_company_and_each_time_a_new_one(
        self, queue: Queue, bank: Bank
    ) -> None:
        other = await open_bank(bank.office, "Bar Núñez SL")
        first = [await waiting_sale(bank, price) for price in ("500.00", "600.00")]
        theirs = await waiting_sale(other)

        async with bank.office.act() as act:
            await approve_documents(act, [*first, theirs])
        assert sorted(str(bank.company_id) in payload for payload in await payloads(queue)) == [False, True]
        await drained(queue, refresh_proposals_job(bank.office.database))
        assert await proposed(bank) == [("NEW", None)]

        fitting = await waiting_sale(bank)
        async with bank.office.act() as act:
            await approve_documents(act, [fitting])
        await drained(queue, refresh_proposals_job(bank.office.database))
        assert await proposed(bank) == [("PROPOSED", fitting)]

    async def test_several_times_in_one_act_makes_one_job(self, queue: Queue, bank: Bank) -> None:
        waiting = [await waiting_sale(bank) for _ in range(3)]

        async with bank.office.act() as act:
            for document_id in waiting:
                await approve_document(act, document_id)

        assert len(await payloads(queue)) == 1

    async def test_that_is_rolled_back_makes_none_and_hides_none(self, queue: Queue, bank: Bank) -> None:
        back, stays = await waiting_sale(bank), await waiting_sale(bank)

        async with bank.office.act() as act:
            savepoint = await act.session.begin_nested()
            await approve_document(act, back)
            await savepoint.rollback()
            assert await payloads(queue) == []
            await approve_document(act, stays)

        assert len(await payloads(queue)) == 1

    async def test_of_what_nobody_pays_or_what_is_approved_already_makes_none(
        self, queue: Queue, bank: Bank
    ) -> None:
        estimate, wrong = await waiting_sale(bank, kind="ESTIMATE"), await waiting_sale(bank, currency="USD")
        async with bank.office.act() as act:
            await approve_documents(act, [estimate, wrong])
            await approve_document(act, estimate)

        assert await payloads(queue) == []


class TestRefreshing:
    async def test_twice_changes_nothing(self, bank: Bank) -> None:
        invoice = await waiting_sale(bank)
        async with bank.office.act() as act:
            await approve_document(act, invoice)
        refresh = refresh_proposals_job(bank.office.database)

        for _ in range(2):
            await refresh.handler(payload_of(bank, bank.office.owner))
            assert await proposed(bank) == [("PROPOSED", invoice)]

    async def test_of_a_viewer_who_is_gone_or_never_reached_the_company_changes_nothing(
        self, bank: Bank
    ) -> None:
        office = bank.office
        invoice = await waiting_sale(bank)
        async with office.act() as act:
            await approve_document(act, invoice)
            table = membership_table()
            gone = update(table).where(table.c.id == office.admin.id).values(state="DEACTIVATED")
            await act.session.execute(gone)
        stranger = await office.client_owner(await office.client("Bar Núñez SL"))
        refresh = refresh_proposals_job(office.database)

        with pytest.raises(JobRefused):
            await refresh.handler(payload_of(bank, office.admin))
        await refresh.handler(payload_of(bank, stranger))

        assert await proposed(bank) == [("NEW", None)]


def payload_of(bank: Bank, viewer: Viewer) -> dict[str, str]:
    return {"company": str(bank.company_id), "viewer": str(viewer.id)}
