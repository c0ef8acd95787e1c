"""Nothing posted ever changes, whoever tries; and if somebody with the keys does it, verification names the entry."""

import asyncpg
import pytest

from services.journal.actions.verification import BrokenEntry
from services.journal.interface import verify_ledger
from services.kit.db import Addresses
from tests.support.builders.journal import (
    altered,
    books,
    connected,
    entry,
    post,
    with_the_keys,
)
from tests.support.database import TestServer
from tests.support.office import Office

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
            await office.enter(connection, office.owner)
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
            await office.enter(connection, office.owner)
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

    async def test_says_that_the_last_entry_is_gone(
        self, office: Office, postgres_server: TestServer
    ) -> None:
        company_id = await books(office)
        posted = [await post(office, company_id) for _ in range(2)]

        async with with_the_keys(office, postgres_server) as connection:
            await connection.execute("delete from journal_line where entry_id = $1", posted[1])
            await connection.execute("delete from journal_entry where id = $1", posted[1])

        async with office.act() as act:
            found = await verify_ledger(act.session, company_id)
        assert (found.entry_count, found.broken) == (1, BrokenEntry(reason="END"))


VERIFY = """query ($c: ID!) { ledgerVerification(companyId: $c) {
  entryCount broken { reason entryId number fiscalYear entryOn } } }"""


class TestAsked:
    async def test_names_the_altered_entry_to_those_who_approve(
        self, office: Office, postgres_server: TestServer
    ) -> None:
        company_id = await books(office)
        posted = [await post(office, company_id) for _ in range(3)]
        given = {"c": str(company_id)}
        whole = await office.ask(office.manager, VERIFY, given)
        async with with_the_keys(office, postgres_server) as connection:
            await connection.execute("update journal_entry set text = 'Other' where id = $1", posted[1])

        altered_now = await office.ask(office.manager, VERIFY, given)
        refused = await office.ask(office.bookkeeper, VERIFY, given)

        assert whole.data == {"ledgerVerification": {"entryCount": 3, "broken": None}}
        assert altered_now.data["ledgerVerification"]["broken"] == {
            "reason": "HASH",
            "entryId": str(posted[1]),
            "number": 2,
            "fiscalYear": 2026,
            "entryOn": "2026-03-02",
        }
        assert (refused.data["ledgerVerification"], refused.codes) == (None, ["ROLE"])

    async def test_finds_nothing_for_strangers(self, office: Office, other_office: Office) -> None:
        company_id = await books(office)
        await post(office, company_id)

        for asked in (str(company_id), "01890000-0000-7000-8000-000000000000", "nothing"):
            answer = await other_office.ask(other_office.owner, VERIFY, {"c": asked})
            assert (answer.data["ledgerVerification"], answer.codes) == (None, [])
