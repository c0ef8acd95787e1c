"""Posting and reversing: numbers without gaps, a chain without forks, balanced to the cent."""

import asyncio
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from sqlalchemy import text

from services.access.interface import acting
from services.journal.actions.refusals import (
    AccountNotPostable,
    EntryAlreadyReversed,
    EntryNotPosted,
    LedgerAccountMissing,
)
from services.journal.interface import draft_entry, post_entry, reverse_entry
from services.journal.rules.entries import EntryNotBalanced
from services.journal.rules.periods import FiscalYearMissing
from services.kit.db import Addresses, Database
from services.kit.errors import NotFound, RequestKeyUsed
from tests.support.builders.journal import (
    altered,
    balances,
    books,
    contact,
    entry,
    line,
    post,
    rent,
    set_locks,
)
from tests.support.office import Office

POSTERS = 20


ENTRIES_EACH = 50


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

    async def test_under_the_key_of_another_act_posts_nothing(self, office: Office) -> None:
        company_id = await books(office)
        wrong = await post(office, company_id)
        async with office.act() as act:
            draft = await draft_entry(
                act,
                company_id=company_id,
                entry_on=date(2026, 3, 2),
                text="Another matter",
                lines=rent(),
                source="MANUAL",
                request_key="taken",
            )

        with pytest.raises(RequestKeyUsed):
            async with office.act() as act:
                await reverse_entry(act, wrong, request_key="taken")

        assert (await entry(office, draft)).state == "DRAFT"

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
