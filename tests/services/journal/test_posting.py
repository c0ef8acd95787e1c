"""Posting: numbers without gaps, a chain without forks, balanced to the cent, and nothing posted ever changes."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import asyncpg
import pytest
from sqlalchemy import text

from services.access.interface import acting
from services.journal.actions.refusals import (
    AccountNotPostable,
    EntryAlreadyReversed,
    EntryNotPosted,
    FiscalYearClosed,
    LedgerAccountMissing,
)
from services.journal.interface import draft_entry, post_entry, reverse_entry, verify_ledger
from services.journal.rules import EntryNotBalanced, FiscalYearMissing, PeriodLocked
from services.kit.db import Addresses, Database
from services.kit.embedded import SUPERUSER
from services.kit.errors import NotFound
from tests.support.builders.journal import books, contact, entry, line, post, rent, set_locks
from tests.support.database import TestServer
from tests.support.office import Office

POSTERS = 20
ENTRIES_EACH = 50


async def balances(office: Office, company_id: UUID) -> dict[str, Decimal]:
    async with office.act() as act:
        rows = await act.session.execute(
            text(
                "select a.code, sum(l.debit - l.credit) as balance from journal_line l"
                " join journal_entry e on e.id = l.entry_id and e.state = 'POSTED'"
                " join ledger_account a on a.id = l.ledger_account_id"
                " where l.company_id = :company group by a.code"
            ),
            {"company": company_id},
        )
        return {row.code: row.balance for row in rows if row.balance}


async def altered(office: Office, company_id: UUID) -> UUID | None:
    async with office.act() as act:
        return await verify_ledger(act.session, company_id)


@asynccontextmanager
async def connected(address: str) -> "AsyncIterator[asyncpg.Connection[Any]]":
    connection = await asyncpg.connect(address)
    try:
        yield connection
    finally:
        await connection.close()


@asynccontextmanager
async def with_the_keys(
    office: Office, server: TestServer, *, triggers: bool = False
) -> "AsyncIterator[asyncpg.Connection[Any]]":
    """Somebody with the server's own keys: no wall stands, and no trigger runs unless said so."""
    async with office.act() as act:
        name = await act.session.scalar(text("select current_database()"))
    async with connected(server.urls[SUPERUSER].replace("DATABASE_NAME", str(name))) as connection:
        transaction = connection.transaction()
        await transaction.start()
        if not triggers:
            await connection.execute("set local session_replication_role = replica")
        yield connection
        await (transaction.rollback() if triggers else transaction.commit())


async def post_then_fail(office: Office, company_id: UUID) -> None:
    """The act that posts breaks off before its commit."""
    async with office.act() as act:
        await post_entry(
            act, company_id=company_id, entry_on=date(2026, 3, 3), text="Rent", lines=rent(), source="MANUAL"
        )
        raise FileNotFoundError


class TestPosting:
    async def test_gives_number_link_and_total(self, office: Office) -> None:
        company_id = await books(office)

        first = await entry(office, await post(office, company_id))
        second = await entry(office, await post(office, company_id, rent("12.50")))

        assert (first.state, first.number, first.chain_position) == ("POSTED", 1, 1)
        assert (second.number, second.chain_position, second.total) == (2, 2, Decimal("12.50"))
        assert second.previous_hash == first.hash
        assert first.posted_by == office.owner.id

    async def test_refuses_one_cent_of_difference(self, office: Office) -> None:
        company_id = await books(office)

        with pytest.raises(EntryNotBalanced) as refused:
            await post(office, company_id, [line("621", debit="900.00"), line("572", credit="899.99")])

        assert refused.value.values["difference"] == Decimal("0.01")

    async def test_counts_each_fiscal_year_by_itself_in_one_chain(self, office: Office) -> None:
        company_id = await books(office)

        await post(office, company_id, on=date(2025, 12, 30))
        of_2026 = await entry(office, await post(office, company_id, on=date(2026, 1, 2)))

        assert (of_2026.fiscal_year, of_2026.number, of_2026.chain_position) == (2026, 1, 2)

    async def test_gives_a_refused_number_back(self, office: Office) -> None:
        company_id = await books(office)
        await post(office, company_id)

        with pytest.raises(FileNotFoundError):
            await post_then_fail(office, company_id)
        after = await entry(office, await post(office, company_id))

        assert (after.number, after.chain_position) == (2, 2)

    async def test_gives_one_entry_for_one_request_key(self, office: Office) -> None:
        company_id = await books(office)

        first = await post(office, company_id, request_key="march")
        second = await post(office, company_id, rent("1.00"), request_key="march")

        assert second == first
        assert (await entry(office, first)).total == Decimal("900.00")

    async def test_gives_one_entry_for_one_request_key_sent_twice_at_once(self, office: Office) -> None:
        company_id = await books(office)

        made = await asyncio.gather(*(post(office, company_id, request_key="march") for _ in range(5)))

        assert len(set(made)) == 1

    async def test_opens_the_account_of_a_contact_under_its_name(self, office: Office) -> None:
        company_id = await books(office)
        cafe = await contact(office, company_id, "Cafés Brisa SL")
        mill = await contact(office, company_id, "Molino Alto SA")

        for contact_id in (cafe, mill, cafe):
            sale = [line("430", debit="121.00", contact_id=contact_id), line("705", credit="121.00")]
            await post(office, company_id, sale)

        assert await balances(office, company_id) == {
            "43000001": Decimal("242.00"),
            "43000002": Decimal("121.00"),
            "705": Decimal("-363.00"),
        }
        async with office.act() as act:
            name = await act.session.scalar(
                text("select name from ledger_account where company_id = :company and code = '43000002'"),
                {"company": company_id},
            )
        assert name == "Molino Alto SA"

    @pytest.mark.parametrize(
        ("code", "refusal"),
        [("477", AccountNotPostable), ("103", LedgerAccountMissing), ("99999999", LedgerAccountMissing)],
    )
    async def test_refuses_headings_and_unknown_accounts(
        self, office: Office, code: str, refusal: type[Exception]
    ) -> None:
        company_id = await books(office)

        with pytest.raises(refusal):
            await post(office, company_id, [line(code, debit="1.00"), line("572", credit="1.00")])

    async def test_refuses_a_contact_of_another_company(self, office: Office) -> None:
        company_id, other = await books(office), await books(office, "Tallers Mistral SL")
        stranger = await contact(office, other)

        with pytest.raises(NotFound):
            await post(
                office,
                company_id,
                [line("430", debit="1.00", contact_id=stranger), line("705", credit="1.00")],
            )

    async def test_refuses_a_day_outside_the_fiscal_years(self, office: Office) -> None:
        company_id = await books(office)

        with pytest.raises(FiscalYearMissing):
            await post(office, company_id, on=date(2031, 1, 1))


class TestTwentyPosters:
    async def test_leave_no_gap_and_one_chain(self, office: Office, postgres: Addresses) -> None:
        company_id = await books(office)
        second = Database(postgres)
        await second.open()

        async def poster(number: int) -> None:
            database = office.database if number % 2 else second
            for _ in range(ENTRIES_EACH):
                async with acting(database, office.owner) as act:
                    await post_entry(
                        act,
                        company_id=company_id,
                        entry_on=date(2026, 3, 2),
                        text=f"Till {number}",
                        lines=rent("1.00"),
                        source="MANUAL",
                    )

        try:
            await asyncio.gather(*(poster(number) for number in range(POSTERS)))
        finally:
            await second.close()

        async with office.act() as act:
            rows = await act.session.execute(
                text(
                    "select number, chain_position from journal_entry where company_id = :company order by number"
                ),
                {"company": company_id},
            )
            wanted = list(range(1, POSTERS * ENTRIES_EACH + 1))
            found = rows.all()
        assert [row.number for row in found] == wanted
        assert sorted(row.chain_position for row in found) == wanted
        assert await altered(office, company_id) is None


class TestReversal:
    async def test_leaves_every_balance_as_it_was(self, office: Office) -> None:
        company_id = await books(office)
        await post(office, company_id, rent("10.00"))
        before = await balances(office, company_id)
        wrong = await post(office, company_id, rent("77.77"))

        async with office.act() as act:
            reversal_id = await reverse_entry(act, wrong)

        reversal = await entry(office, reversal_id)
        assert await balances(office, company_id) == before
        assert (reversal.reverses_id, reversal.number, reversal.entry_on) == (wrong, 3, date(2026, 3, 2))

    async def test_happens_once(self, office: Office) -> None:
        company_id = await books(office)
        wrong = await post(office, company_id)
        async with office.act() as act:
            await reverse_entry(act, wrong)

        with pytest.raises(EntryAlreadyReversed):
            async with office.act() as act:
                await reverse_entry(act, wrong)

    async def test_of_a_locked_day_goes_to_the_first_open_one(self, office: Office) -> None:
        company_id = await books(office)
        wrong = await post(office, company_id)
        await set_locks(office, company_id, tax_until=date(2026, 3, 31))

        async with office.act() as act:
            reversal_id = await reverse_entry(act, wrong)

        assert (await entry(office, reversal_id)).entry_on == date(2026, 4, 1)

    async def test_of_a_draft_is_refused(self, office: Office) -> None:
        company_id = await books(office)

        async with office.act() as act:
            draft = await draft_entry(
                act,
                company_id=company_id,
                entry_on=date(2026, 3, 2),
                text="Rent",
                lines=rent(),
                source="MANUAL",
            )

            with pytest.raises(EntryNotPosted):
                await reverse_entry(act, draft)


class TestLocks:
    async def test_soft_ones_stop_bookkeepers_and_let_managers_through(self, office: Office) -> None:
        company_id = await books(office)
        await set_locks(office, company_id, soft_until=date(2026, 3, 31))

        with pytest.raises(PeriodLocked) as refused:
            await post(office, company_id, viewer=office.bookkeeper)
        posted = await post(office, company_id, viewer=office.manager)

        assert refused.value.values["first_open_on"] == date(2026, 4, 1)
        assert (await entry(office, posted)).number == 1

    @pytest.mark.parametrize("lock", ["tax_until", "hard_until"])
    async def test_of_taxes_and_closing_stop_everybody(self, office: Office, lock: str) -> None:
        company_id = await books(office)
        await set_locks(office, company_id, **{lock: date(2026, 3, 2)})

        with pytest.raises(PeriodLocked):
            await post(office, company_id)
        day_after = await post(office, company_id, on=date(2026, 3, 3))

        assert (await entry(office, day_after)).number == 1

    async def test_of_taxes_are_kept_by_the_database_too(self, office: Office, postgres: Addresses) -> None:
        company_id = await books(office)
        async with office.act() as act:
            draft = await draft_entry(
                act,
                company_id=company_id,
                entry_on=date(2026, 3, 2),
                text="Rent",
                lines=rent(),
                source="MANUAL",
            )
        await set_locks(office, company_id, tax_until=date(2026, 3, 31))

        async with connected(postgres.app_url) as connection, connection.transaction():
            await connection.execute("select set_config('app.viewer', $1, true)", str(office.owner.id))
            with pytest.raises(asyncpg.PostgresError) as refused:
                await connection.execute(
                    "update journal_entry set state = 'POSTED', number = 1, hash = 'x', chain_position = 1"
                    " where id = $1",
                    draft,
                )
        assert refused.value.sqlstate == "AT014"

    async def test_a_closed_year_takes_no_entry(self, office: Office) -> None:
        company_id = await books(office)
        async with office.act() as act:
            await act.session.execute(
                text("update fiscal_year set closed_at = now() where company_id = :company and year = 2025"),
                {"company": company_id},
            )

        with pytest.raises(FiscalYearClosed):
            await post(office, company_id, on=date(2025, 6, 1))


CHANGES = (
    "update journal_entry set text = 'Nothing' where id = $1",
    "update journal_entry set entry_on = entry_on + 1 where id = $1",
    "update journal_entry set state = 'DRAFT', number = null where id = $1",
    "delete from journal_entry where id = $1",
    "update journal_line set debit = debit + 1 where entry_id = $1 and debit > 0",
    "delete from journal_line where entry_id = $1",
)


class TestPostedRows:
    @pytest.mark.parametrize("statement", CHANGES)
    async def test_cannot_be_changed_by_the_application(
        self, office: Office, postgres: Addresses, statement: str
    ) -> None:
        company_id = await books(office)
        entry_id = await post(office, company_id)

        async with connected(postgres.app_url) as connection, connection.transaction():
            await connection.execute("select set_config('app.viewer', $1, true)", str(office.owner.id))
            with pytest.raises(asyncpg.PostgresError) as refused:
                await connection.execute(statement, entry_id)
        assert refused.value.sqlstate == "AT011"

    @pytest.mark.parametrize("statement", CHANGES)
    async def test_cannot_be_changed_by_the_owner_of_the_database(
        self, office: Office, postgres: Addresses, statement: str
    ) -> None:
        company_id = await books(office)
        entry_id = await post(office, company_id)
        before = await entry(office, entry_id)

        async with connected(postgres.owner_url) as connection:
            # The wall is forced on the owner as well: it finds no row to change.
            assert (await connection.execute(statement, entry_id)).endswith(" 0")
        assert (await entry(office, entry_id)).hash == before.hash
        assert await altered(office, company_id) is None

    @pytest.mark.parametrize("statement", CHANGES)
    async def test_cannot_be_changed_by_the_keeper_of_the_server(
        self, office: Office, postgres_server: TestServer, statement: str
    ) -> None:
        company_id = await books(office)
        entry_id = await post(office, company_id)

        async with with_the_keys(office, postgres_server, triggers=True) as connection:
            with pytest.raises(asyncpg.PostgresError) as refused:
                await connection.execute(statement, entry_id)
        assert refused.value.sqlstate == "AT011"

    async def test_lines_cannot_be_added(self, office: Office, postgres: Addresses) -> None:
        company_id = await books(office)
        entry_id = await post(office, company_id)

        async with connected(postgres.app_url) as connection, connection.transaction():
            await connection.execute("select set_config('app.viewer', $1, true)", str(office.owner.id))
            with pytest.raises(asyncpg.PostgresError) as refused:
                await connection.execute(
                    "insert into journal_line (id, company_id, entry_id, entry_on, position, ledger_account_id, text,"
                    " debit, credit) select gen_random_uuid(), company_id, entry_id, entry_on, 9, ledger_account_id,"
                    " text, debit, credit from journal_line where entry_id = $1 limit 1",
                    entry_id,
                )
        assert refused.value.sqlstate == "AT011"


class TestVerification:
    async def test_finds_nothing_in_untouched_books(self, office: Office) -> None:
        company_id = await books(office)
        for _ in range(3):
            await post(office, company_id)

        assert await altered(office, company_id) is None

    @pytest.mark.parametrize(
        "statement",
        [
            "update journal_line set debit = debit + 1 where entry_id = $1 and debit > 0",
            "update journal_line set debit = debit * 2, credit = credit * 2 where entry_id = $1",
            "update journal_entry set text = 'Something else' where id = $1",
            "update journal_entry set entry_on = entry_on + 1 where id = $1",
        ],
    )
    async def test_names_the_entry_that_was_altered(
        self, office: Office, postgres_server: TestServer, statement: str
    ) -> None:
        company_id = await books(office)
        posted = [await post(office, company_id) for _ in range(4)]

        async with with_the_keys(office, postgres_server) as connection:
            await connection.execute(statement, posted[2])

        assert await altered(office, company_id) == posted[2]

    async def test_names_the_entry_after_one_that_was_taken_away(
        self, office: Office, postgres_server: TestServer
    ) -> None:
        company_id = await books(office)
        posted = [await post(office, company_id) for _ in range(3)]

        async with with_the_keys(office, postgres_server) as connection:
            await connection.execute("delete from journal_line where entry_id = $1", posted[1])
            await connection.execute("delete from journal_entry where id = $1", posted[1])

        assert await altered(office, company_id) == posted[2]
