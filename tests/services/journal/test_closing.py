"""The end of a year: checks, regularisation, closing, opening, and back again."""

import asyncio
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from services.access.interface import Viewer
from services.journal.actions.refusals import ClosingEntryStays, FiscalYearClosed
from services.journal.interface import ensure_account, reverse_entry
from services.journal.rules.closing import Balance, after, closing_lines, regularisation_lines
from services.journal.rules.entries import reversed_lines
from services.kit.money import total
from tests.support.builders.journal import (
    altered,
    balances,
    books,
    contact,
    keep_draft,
    line,
    post,
    set_locks,
)
from tests.support.office import Office

CHECKS = (
    "query ($c: ID!, $y: Int!) { closingChecks(companyId: $c, year: $y) { code count isBlocking amount } }"
)
CLOSE = """mutation ($input: CloseFiscalYearInput!) { closeFiscalYear(input: $input) {
  refusals { code path message } fiscalYear { closedAt closingEntries { source entryOn state total
    lines { ledgerAccount { code } contact { id } debit credit } } } } }"""
REOPEN = """mutation ($input: ReopenFiscalYearInput!) { reopenFiscalYear(input: $input) {
  refusals { code path } fiscalYear { closedAt closingEntries { state } } } }"""
OPEN = """mutation ($c: ID!, $y: Int!) { openFiscalYear(companyId: $c, year: $y) {
  refusals { code } fiscalYear { year startsOn endsOn } } }"""


async def closed(
    office: Office, company_id: UUID, year: int = 2025, *, key: str = "end", viewer: Viewer | None = None
) -> Any:
    asked = {"companyId": str(company_id), "year": year, "requestKey": key}
    answer = await office.ask(viewer or office.owner, CLOSE, {"input": asked})
    return answer.data["closeFiscalYear"]


async def reopened(office: Office, company_id: UUID, year: int = 2025, reason: str = "A late invoice") -> Any:
    asked = {"companyId": str(company_id), "year": year, "reason": reason}
    return (await office.ask(office.owner, REOPEN, {"input": asked})).data["reopenFiscalYear"]


async def of_year(office: Office, company_id: UUID, year: int) -> dict[str, Decimal]:
    """Debit less credit by account in one fiscal year, without zeros."""
    async with office.act() as act:
        rows = await act.session.execute(
            text(
                "select a.code, sum(l.debit - l.credit) as balance from journal_line l"
                " join journal_entry e on e.id = l.entry_id and e.state = 'POSTED' and e.fiscal_year = :year"
                " join ledger_account a on a.id = l.ledger_account_id"
                " where l.company_id = :company group by a.code"
            ),
            {"company": company_id, "year": year},
        )
        return {row.code: row.balance for row in rows if row.balance}


async def a_year(office: Office, company_id: UUID) -> tuple[UUID, UUID]:
    """Capital, two customers who owe, a supplier, rent: a profit of 1100."""
    cafe = await contact(office, company_id, "Cafés Brisa SL")
    mill = await contact(office, company_id, "Molino Alto SA")
    on = date(2025, 6, 30)
    await post(
        office, company_id, [line("572", debit="3000.00"), line("100", credit="3000.00")], on=date(2025, 1, 1)
    )
    for buyer, amount in ((cafe, "1210.00"), (mill, "605.00")):
        net = str((Decimal(amount) / Decimal("1.21")).quantize(Decimal("0.01")))
        vat = str(Decimal(amount) - Decimal(net))
        sale = [
            line("430", debit=amount, contact_id=buyer),
            line("705", credit=net),
            line("47700021", credit=vat),
        ]
        await post(office, company_id, sale, on=on)
    await post(office, company_id, [line("621", debit="400.00"), line("572", credit="400.00")], on=on)
    return cafe, mill


class TestClosing:
    @pytest.mark.posting_rule(25)
    @pytest.mark.posting_rule(26)
    @pytest.mark.posting_rule(27)
    async def test_takes_everything_to_zero_and_opens_with_the_mirror(self, office: Office) -> None:
        company_id = await books(office)
        cafe, mill = await a_year(office, company_id)
        before = await balances(office, company_id)

        answer = await closed(office, company_id)

        regularisation, closing, opening = answer["fiscalYear"]["closingEntries"]
        assert answer["refusals"] == []
        assert [(one["source"], one["entryOn"]) for one in (regularisation, closing, opening)] == [
            ("REGULARISATION", "2025-12-31"),
            ("CLOSING", "2025-12-31"),
            ("OPENING", "2026-01-01"),
        ]
        assert regularisation["lines"][-1] == {
            "ledgerAccount": {"code": "129"},
            "contact": None,
            "debit": "0.00",
            "credit": "1100.00",
        }
        assert [
            (one["ledgerAccount"], one["contact"], one["debit"], one["credit"]) for one in opening["lines"]
        ] == [(one["ledgerAccount"], one["contact"], one["credit"], one["debit"]) for one in closing["lines"]]
        assert {one["contact"]["id"] for one in opening["lines"] if one["contact"]} == {str(cafe), str(mill)}
        assert await of_year(office, company_id, 2025) == {}
        carried = {code: amount for code, amount in before.items() if code[0] not in "67"}
        assert await of_year(office, company_id, 2026) == carried | {"129": Decimal("-1100.00")}
        assert await altered(office, company_id) is None

    async def test_locks_the_year_for_good_and_says_so_in_the_log(self, office: Office) -> None:
        company_id = await books(office)
        await a_year(office, company_id)
        await closed(office, company_id)

        with pytest.raises(FiscalYearClosed):
            await post(office, company_id, on=date(2025, 12, 31))
        log = await office.ask(
            await office.client_owner(company_id),
            "query ($c: ID!) { periodLocks(companyId: $c) { hardUntil } lockChanges(companyId: $c) { act afterOn } }",
            {"c": str(company_id)},
        )

        assert log.data["periodLocks"] == {"hardUntil": "2025-12-31"}
        assert log.data["lockChanges"] == [{"act": "YEAR_CLOSED", "afterOn": "2025-12-31"}]

    async def test_goes_through_the_tax_lock_of_the_last_quarter(self, office: Office) -> None:
        company_id = await books(office)
        await a_year(office, company_id)
        await set_locks(office, company_id, tax_until=date(2025, 12, 31), soft_until=date(2026, 1, 31))

        assert (await closed(office, company_id))["refusals"] == []

    async def test_happens_once_per_key_even_when_asked_at_once(self, office: Office) -> None:
        company_id = await books(office)
        await a_year(office, company_id)

        first, second = await asyncio.gather(closed(office, company_id), closed(office, company_id))
        other = await closed(office, company_id, key="another")

        assert first == second
        assert other["refusals"][0]["code"] == "FISCAL_YEAR_CLOSED"
        assert len(first["fiscalYear"]["closingEntries"]) == 3

    async def test_keeps_accounts_that_have_got_sub_accounts_since(self, office: Office) -> None:
        company_id = await books(office)
        first = await post(
            office, company_id, [line("629", debit="10.00"), line("572", credit="10.00")], on=date(2025, 5, 1)
        )
        async with office.act() as act:
            await ensure_account(act, company_id, "62900001", "Otros servicios, taller")
        await post(
            office,
            company_id,
            [line("62900001", debit="5.00"), line("572", credit="5.00")],
            on=date(2025, 5, 2),
        )
        async with office.act() as act:
            await reverse_entry(act, first)
        await post(
            office, company_id, [line("555", debit="1.00"), line("572", credit="1.00")], on=date(2025, 5, 3)
        )
        await post(
            office, company_id, [line("572", debit="1.00"), line("555", credit="1.00")], on=date(2025, 5, 4)
        )

        assert (await closed(office, company_id))["refusals"] == []
        assert await of_year(office, company_id, 2025) == {}

    async def test_is_refused_with_the_check_that_found_something(self, office: Office) -> None:
        company_id = await books(office)
        await a_year(office, company_id)
        await keep_draft(office, company_id, on=date(2025, 3, 2))
        await post(
            office, company_id, [line("572", debit="7.00"), line("555", credit="7.00")], on=date(2025, 3, 2)
        )
        before = await of_year(office, company_id, 2025)

        checks = await office.ask(office.manager, CHECKS, {"c": str(company_id), "y": 2025})
        answer = await closed(office, company_id)

        found = {check["code"]: (check["count"], check["amount"]) for check in checks.data["closingChecks"]}
        assert found == {
            "DRAFTS": (1, None),
            "SUSPENSE": (1, "-7.00"),
            "MISSING_NUMBERS": (0, None),
            "UNMAPPED_ACCOUNTS": (0, None),
            "EARLIER_YEARS_OPEN": (0, None),
            "UNPOSTED_DOCUMENTS": (0, None),
        }
        assert answer["fiscalYear"] is None
        assert answer["refusals"][0]["code"] == "YEAR_NOT_READY"
        assert await of_year(office, company_id, 2025) == before

    async def test_waits_for_the_year_before(self, office: Office) -> None:
        company_id = await books(office)
        await a_year(office, company_id)
        await post(office, company_id, on=date(2026, 3, 2))

        assert (await closed(office, company_id, 2026))["refusals"][0]["code"] == "YEAR_NOT_READY"
        await closed(office, company_id)
        assert (await closed(office, company_id, 2026, key="next"))["refusals"] == []
        assert await of_year(office, company_id, 2026) == {}

    async def test_of_a_year_without_entries_is_refused(self, office: Office) -> None:
        company_id = await books(office)

        assert (await closed(office, company_id))["refusals"][0]["code"] == "YEAR_EMPTY"

    async def test_is_for_owner_and_admins_of_who_was_granted(self, office: Office, tmp_path: Any) -> None:
        company_id = await books(office)
        await a_year(office, company_id)
        stranger = await Office.open(office.database, tmp_path / "stranger", "Assessoria Lluna SL")
        asked = {"input": {"companyId": str(company_id), "year": 2025, "requestKey": "x"}}

        manager = await office.ask(office.manager, CLOSE, asked)
        client = await office.ask(await office.client_owner(company_id), CLOSE, asked)
        foreign = await closed(stranger, company_id)
        looked = await stranger.ask(stranger.owner, CHECKS, {"c": str(company_id), "y": 2025})

        assert manager.codes == client.codes == ["ROLE"]
        assert foreign["refusals"][0]["code"] == "NOT_FOUND"
        assert looked.data["closingChecks"] is None


class TestReopening:
    async def test_gives_every_balance_back(self, office: Office) -> None:
        company_id = await books(office)
        await a_year(office, company_id)
        await set_locks(office, company_id, hard_until=date(2025, 3, 31))
        before = await of_year(office, company_id, 2025)
        await closed(office, company_id)

        answer = await reopened(office, company_id)

        assert answer["refusals"] == []
        assert answer["fiscalYear"]["closedAt"] is None
        assert {one["state"] for one in answer["fiscalYear"]["closingEntries"]} == {"REVERSED"}
        assert await of_year(office, company_id, 2025) == before
        assert await of_year(office, company_id, 2026) == {}
        assert await altered(office, company_id) is None
        locks = await office.ask(
            office.owner,
            "query ($c: ID!) { periodLocks(companyId: $c) { hardUntil } }",
            {"c": str(company_id)},
        )
        assert locks.data["periodLocks"]["hardUntil"] == "2025-03-31"

    async def test_lets_the_year_be_mended_and_closed_again(self, office: Office) -> None:
        company_id = await books(office)
        await a_year(office, company_id)
        await closed(office, company_id)
        await reopened(office, company_id)
        await post(
            office,
            company_id,
            [line("629", debit="100.00"), line("572", credit="100.00")],
            on=date(2025, 11, 1),
        )

        same_key = await closed(office, company_id)
        answer = await closed(office, company_id, key="again")

        assert same_key["refusals"][0]["code"] == "REQUEST_KEY_USED"
        assert answer["refusals"] == []
        assert await of_year(office, company_id, 2025) == {}
        assert (await of_year(office, company_id, 2026))["129"] == Decimal("-1000.00")

    async def test_is_for_the_last_closed_year_only_and_needs_a_reason(self, office: Office) -> None:
        company_id = await books(office)
        await a_year(office, company_id)
        await closed(office, company_id)
        await closed(office, company_id, 2026, key="next")

        assert (await reopened(office, company_id))["refusals"][0]["code"] == "YEAR_NOT_LAST_CLOSED"
        assert (await reopened(office, company_id, 2026, reason=" "))["refusals"][0]["path"] == ["reason"]
        assert (await reopened(office, company_id, 2026))["refusals"] == []
        assert (await reopened(office, company_id))["refusals"] == []

    async def test_is_the_only_way_to_undo_a_closing(self, office: Office) -> None:
        company_id = await books(office)
        await a_year(office, company_id)
        await closed(office, company_id)
        async with office.act() as act:
            opening = await act.session.scalar(
                text("select id from journal_entry where company_id = :c and source = 'OPENING'"),
                {"c": company_id},
            )

        with pytest.raises(ClosingEntryStays):
            async with office.act() as act:
                await reverse_entry(act, opening)


class TestYears:
    async def test_follow_each_other(self, office: Office) -> None:
        company_id = await books(office)

        async def opened(year: int) -> Any:
            answer = await office.ask(office.manager, OPEN, {"c": str(company_id), "y": year})
            return answer.data["openFiscalYear"]

        assert (await opened(2027))["fiscalYear"] == {
            "year": 2027,
            "startsOn": "2027-01-01",
            "endsOn": "2027-12-31",
        }
        assert (await opened(2029))["refusals"] == [{"code": "FISCAL_YEAR_NOT_NEXT"}]
        assert (await opened(2024))["fiscalYear"]["year"] == 2024
        assert (await opened(2026))["refusals"] == []


codes = st.sampled_from(["100", "430", "47700021", "572", "600", "621", "700", "705", "129"])
amounts = st.decimals(min_value=Decimal(-99999), max_value=Decimal(99999), places=2)


class TestTheThreeEntries:
    @given(st.dictionaries(codes, amounts, max_size=8))
    def test_close_any_balanced_books(self, found: dict[str, Decimal]) -> None:
        rest = total(found.values())
        held = [Balance(account_code=code, amount=amount) for code, amount in found.items()]
        held = after([*held, Balance(account_code="570", amount=-rest)], ())

        result = regularisation_lines(held)
        left = after(held, result)
        closing = closing_lines(left)

        for lines in (result, closing):
            assert total(one.debit for one in lines) == total(one.credit for one in lines)
        assert not [balance for balance in left if balance.account_code[0] in "67"]
        assert after(left, closing) == []
        assert after([], reversed_lines(closing)) == left
