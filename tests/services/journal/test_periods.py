"""Locked periods and closed years: who is stopped, and that the database stops them too."""

from datetime import date

import asyncpg
import pytest
from sqlalchemy import text

from services.journal.actions.refusals import (
    FiscalYearClosed,
)
from services.journal.interface import draft_entry
from services.journal.rules.periods import PeriodLocked
from services.kit.db import Addresses
from tests.support.builders.journal import books, connected, entry, post, rent, set_locks
from tests.support.office import Office


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
            await office.enter(connection, office.owner)
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
