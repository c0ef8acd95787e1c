"""Balance sheet and profit and loss on books worked out by hand, and on random ledgers."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from services.journal.interface import EntryLineDraft, ledger_account_table
from services.kit.money import ZERO
from services.reports.rules.statements import BALANCE_SHEET, line_of
from tests.support.builders.journal import books, contact, line
from tests.support.builders.reports import closed_books, posted, small_books, strange_account, told
from tests.support.office import Office

LINE = "key number level amount prior accounts { code amount prior }"
UNMAPPED = "unmapped { code name amount prior }"
BALANCE = f"fromOn toOn year priorTo difference {{ amount prior }} lines {{ {LINE} }} {UNMAPPED}"
RESULT = f"fromOn toOn priorFrom priorTo lines {{ {LINE} }} {UNMAPPED}"


async def balance(office: Office, company_id: UUID, to: str, more: str = "") -> Any:
    return (await told(office, company_id, f'balanceSheet(to: "{to}"{more}) {{ {BALANCE} }}'))["balanceSheet"]


async def result(office: Office, company_id: UUID, arguments: str) -> Any:
    return (await told(office, company_id, f"profitAndLoss({arguments}) {{ {RESULT} }}"))["profitAndLoss"]


def amounts(report: dict[str, Any], name: str = "amount") -> dict[str, str]:
    return {row["key"]: row[name] for row in report["lines"] if row[name] != "0.00"}


TOTALS = "closingDebit closingCredit debit credit"
YEAR_2025 = 'from: "2025-01-01", to: "2025-12-31"'
YEAR_2026 = 'from: "2026-01-01", to: "2026-12-31"'


class TestBalanceSheet:
    async def test_puts_each_account_on_its_line_with_last_year_beside(self, office: Office) -> None:
        company_id, _ = await small_books(office)

        found = await balance(office, company_id, "2026-03-31")

        assert found["priorTo"] == "2025-03-31"
        assert amounts(found) == {
            "ASSETS": "5930.00",
            "CURRENT_ASSETS": "5930.00",
            "DEBTORS": "1210.00",
            "CUSTOMERS": "1210.00",
            "CASH": "4720.00",
            "EQUITY_AND_LIABILITIES": "5930.00",
            "EQUITY": "5300.00",
            "OWN_FUNDS": "5300.00",
            "CAPITAL": "3000.00",
            "RESULT": "2300.00",
            "CURRENT_LIABILITIES": "630.00",
            "TRADE_CREDITORS": "630.00",
            "OTHER_CREDITORS": "630.00",
        }
        assert amounts(found, "prior")["CASH"] == "3000.00"
        assert found["difference"] == {"amount": "0.00", "prior": "0.00"}

    async def test_names_the_accounts_behind_a_line(self, office: Office) -> None:
        company_id, _ = await small_books(office)

        lines = {row["key"]: row for row in (await balance(office, company_id, "2026-03-31"))["lines"]}

        assert lines["CUSTOMERS"]["accounts"] == [{"code": "43000001", "amount": "1210.00", "prior": "0.00"}]
        assert lines["DEBTORS"]["accounts"] == []

    async def test_is_the_same_before_and_after_the_year_is_closed(self, office: Office) -> None:
        closed, _ = await closed_books(office)
        open_, _ = await small_books(office, "Forn Vell SL")

        for day in ("2025-12-31", "2026-01-01", "2026-03-31"):
            assert amounts(await balance(office, closed, day)) == amounts(
                await balance(office, open_, day)
            ), day

    async def test_moves_an_account_of_a_partner_to_the_other_side(self, office: Office) -> None:
        company_id = await books(office)
        partner = await contact(office, company_id, "Núria Puig")
        lent = [line("572", debit="80.00"), line("5525", credit="80.00", contact_id=partner)]
        taken = [line("5525", debit="200.00", contact_id=partner), line("572", credit="200.00")]
        await posted(office, company_id, "2025-05-01", *lent)
        await posted(office, company_id, "2026-05-01", *taken)

        found = await balance(office, company_id, "2026-12-31")
        lines = {row["key"]: (row["amount"], row["prior"]) for row in found["lines"]}

        assert lines["FINANCIAL_INVESTMENTS_SHORT"] == ("120.00", "0.00")
        assert lines["OTHER_DEBTS_SHORT"] == ("0.00", "80.00")
        assert found["difference"] == {"amount": "0.00", "prior": "0.00"}

    async def test_shows_an_account_without_a_line_as_what_is_wrong(self, office: Office) -> None:
        company_id = await books(office)
        await strange_account(office, company_id, "5810", "Activos mantenidos para la venta")
        await posted(
            office, company_id, "2026-05-01", line("5810", debit="75.00"), line("572", credit="75.00")
        )

        found = await balance(office, company_id, "2026-12-31")

        assert [(row["code"], row["amount"]) for row in found["unmapped"]] == [("5810", "75.00")]
        assert found["difference"]["amount"] == "-75.00"


class TestProfitAndLoss:
    async def test_adds_up_the_results(self, office: Office) -> None:
        company_id, _ = await small_books(office)
        await posted(
            office, company_id, "2026-06-30", line("662", debit="50.00"), line("572", credit="50.00")
        )
        await posted(
            office, company_id, "2026-12-31", line("6300", debit="400.00"), line("4752", credit="400.00")
        )

        found = await result(office, company_id, YEAR_2026)

        assert amounts(found) == {
            "TURNOVER": "2000.00",
            "OTHER_COSTS": "-300.00",
            "OPERATING_RESULT": "1700.00",
            "FINANCIAL_COST": "-50.00",
            "FINANCIAL_RESULT": "-50.00",
            "BEFORE_TAX": "1650.00",
            "INCOME_TAX": "-400.00",
            "YEAR_RESULT": "1250.00",
        }
        assert amounts(found, "prior")["YEAR_RESULT"] == "600.00"

    async def test_of_a_closed_year_is_not_nothing_unless_asked(self, office: Office) -> None:
        company_id, _ = await closed_books(office)

        shown = await result(office, company_id, YEAR_2025)
        raw = await result(office, company_id, f"{YEAR_2025}, includeClosings: true")

        assert amounts(shown)["YEAR_RESULT"] == "600.00"
        assert amounts(raw) == {}

    @pytest.mark.parametrize(
        ("arguments", "prior"),
        [
            ('from: "2026-01-01", to: "2026-03-31"', ("2025-01-01", "2025-03-31")),
            ('from: "2026-02-01", to: "2026-02-28", compare: PREVIOUS_PERIOD', ("2026-01-01", "2026-01-31")),
            ('from: "2026-04-01", to: "2026-06-30", compare: PREVIOUS_PERIOD', ("2026-01-01", "2026-03-31")),
            ('from: "2026-04-10", to: "2026-04-19", compare: PREVIOUS_PERIOD', ("2026-03-31", "2026-04-09")),
            (f"{YEAR_2026}, compare: PREVIOUS_PERIOD", ("2025-01-01", "2025-12-31")),
        ],
    )
    async def test_is_compared_with_the_period_asked_for(
        self, office: Office, arguments: str, prior: tuple[str, str]
    ) -> None:
        company_id, _ = await small_books(office)

        found = await result(office, company_id, arguments)

        assert (found["priorFrom"], found["priorTo"]) == prior

    async def test_shows_an_account_without_a_line_as_what_is_wrong(self, office: Office) -> None:
        company_id = await books(office)
        await strange_account(office, company_id, "774", "Diferencia negativa en combinaciones de negocios")
        await posted(office, company_id, "2026-05-01", line("572", debit="9.00"), line("774", credit="9.00"))

        found = await result(office, company_id, YEAR_2026)

        assert [(row["code"], row["amount"]) for row in found["unmapped"]] == [("774", "-9.00")]


class TestRandomLedger:
    """Any ledger: the sheet balances on every date and line VII is the result of all years that were not closed."""

    ACCOUNTS = (
        "100", "112", "129", "170", "217", "2817", "300", "460", "471", "472", "473", "476",
        "480", "485", "5200", "521", "550", "555", "570", "600", "608", "621", "640", "6300", "662", "669", "678",
        "700", "705", "708", "759", "769", "778",
    )  # fmt: skip

    @pytest.mark.parametrize("seed", range(3))
    async def test_balances_on_every_date(self, office: Office, seed: int) -> None:
        chance = Random(seed)  # noqa: S311 -- the same books each time, no secret
        company_id = await books(office)
        async with office.act() as act:
            chart = ledger_account_table()
            found = select(chart.c.code).where(chart.c.company_id == company_id, chart.c.is_leaf)
            leaves = set((await act.session.execute(found)).scalars())
        accounts = [code for code in self.ACCOUNTS if code in leaves]
        first, days, oracle = date(2025, 1, 1), 729, []
        for _ in range(25):
            day = first + timedelta(days=chance.randrange(days))
            drafts = self._entry(chance, accounts)
            await posted(office, company_id, day.isoformat(), *drafts)
            oracle.append((day, drafts))

        for day in sorted(
            {first + timedelta(days=chance.randrange(days)) for _ in range(3)} | {date(2026, 12, 31)}
        ):
            found = await balance(office, company_id, day.isoformat())
            sums: dict[str, Decimal] = {}
            for on, drafts in oracle:
                for item in drafts:
                    if on <= day:
                        sums[item.account_code] = sums.get(item.account_code, ZERO) + item.debit - item.credit
            expected: dict[str, Decimal] = {}
            for code, amount in sums.items():
                key = line_of(code, amount, BALANCE_SHEET)
                assert key is not None
                if amount:
                    expected[key] = expected.get(key, ZERO) + amount
            signs = {model.key: -1 if model.is_credit else 1 for model in BALANCE_SHEET}
            shown = {row["key"]: Decimal(row["amount"]) for row in found["lines"]}
            assert found["difference"]["amount"] == "0.00"
            assert shown["ASSETS"] == shown["EQUITY_AND_LIABILITIES"]
            for model in BALANCE_SHEET:
                if model.codes:
                    wanted = signs[model.key] * expected.get(model.key, ZERO)
                    assert shown[model.key] == wanted, (day, model.key)
            earned = sum((amount for code, amount in sums.items() if code[0] in "67"), ZERO)
            both = await told(
                office,
                company_id,
                f'profitAndLoss(from: "2025-01-01", to: "{day}") {{ lines {{ key amount }} }}'
                f' trialBalance(from: "2025-01-01", to: "{day}") {{ totals {{ {TOTALS} }} }}',
            )
            year = next(row for row in both["profitAndLoss"]["lines"] if row["key"] == "YEAR_RESULT")
            assert Decimal(year["amount"]) == -earned
            totals = both["trialBalance"]["totals"]
            assert totals["closingDebit"] == totals["closingCredit"]
            assert totals["debit"] == totals["credit"]

    def _entry(self, chance: Random, accounts: list[str]) -> list[EntryLineDraft]:
        chosen = chance.sample(accounts, chance.randint(2, 5))
        cents = [chance.randint(1, 99_999) for _ in chosen[1:]]
        sides = [chance.choice((1, -1)) for _ in cents]
        rest = -sum(side * amount for side, amount in zip(sides, cents, strict=True))
        signed = [side * amount for side, amount in zip(sides, cents, strict=True)] + [rest]
        made = []
        for code, amount in zip([*chosen[1:], chosen[0]], signed, strict=True):
            if amount:
                text = str(Decimal(abs(amount)) / 100)
                made.append(line(code, debit=text) if amount > 0 else line(code, credit=text))
        return made if len(made) > 1 else self._entry(chance, accounts)
