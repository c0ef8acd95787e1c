"""Reports as files: the rows of the screen, to the last page, for who may read them."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from services.access.policy import Scope
from tests.support.builders.exports import Exporting, about, column_of, table_of
from tests.support.builders.journal import line
from tests.support.builders.reports import closed_books, posted, small_books
from tests.support.office import BOOKS, Office

YEAR = {"from": "2026-01-01", "to": "2026-12-31"}


class TestFile:
    async def test_of_the_trial_balance_holds_one_level_and_adds_up(
        self, office: Office, tmp_path: Path
    ) -> None:
        company_id, _ = await small_books(office)
        arguments = {"companyId": str(company_id), **YEAR, "level": 3}

        made = await Exporting.at(office, tmp_path).made(office.manager, "trialBalance", arguments=arguments)

        assert column_of(made, "Account")[:6] == ["100", "430", "477", "572", "621", "705"]
        assert (
            column_of(made, "Closing debit")[-1]
            == column_of(made, "Closing credit")[-1]
            == Decimal("6630.00")
        )
        assert about(made)["Digits"] in {3, "3"}

    async def test_of_a_ledger_card_goes_on_to_its_last_page(
        self, office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("gateway.exporting.PAGE_ROWS", 3)
        company_id, _ = await small_books(office)
        for day in range(1, 9):
            await posted(
                office,
                company_id,
                f"2026-05-{day:02d}",
                line("626", debit="1.00"),
                line("572", credit="1.00"),
            )
        arguments = {"companyId": str(company_id), **YEAR, "account": "572"}

        made = await Exporting.at(office, tmp_path).made(office.manager, "ledgerCard", arguments=arguments)

        rows = table_of(made)[1:]
        assert len([row for row in rows if isinstance(row[1], int)]) == 10
        assert column_of(made, "Balance")[9] == Decimal("4712.00")

    async def test_of_the_journal_book_holds_the_closing(self, office: Office, tmp_path: Path) -> None:
        company_id, _ = await closed_books(office)
        arguments = {"companyId": str(company_id), "from": "2025-01-01", "to": "2025-12-31"}

        made = await Exporting.at(office, tmp_path).made(office.manager, "journalBook", arguments=arguments)

        assert column_of(made, "Debit")[-1] == column_of(made, "Credit")[-1] == Decimal("10630.00")
        assert column_of(made, "Date")[0].date() == date(2025, 1, 1)

    @pytest.mark.parametrize("name", ["balanceSheet", "profitAndLoss", "ageing"])
    async def test_of_a_statement_comes_as_pdf_too(self, name: str, office: Office, tmp_path: Path) -> None:
        company_id, _ = await small_books(office)
        arguments = {"companyId": str(company_id), **YEAR}

        made = await Exporting.at(office, tmp_path).made(
            office.manager, name, arguments=arguments, format="PDF", locale="es"
        )

        assert made.startswith(b"%PDF")

    async def test_of_the_ratios_names_their_inputs(self, office: Office, tmp_path: Path) -> None:
        company_id, _ = await small_books(office)
        arguments = {"companyId": str(company_id), **YEAR}

        made = await Exporting.at(office, tmp_path).made(office.manager, "ratios", arguments=arguments)

        rows = dict(zip(column_of(made, "Input"), column_of(made, "Amount"), strict=True))
        assert column_of(made, "Ratio")[0] == "Current ratio"
        assert rows["Current assets"] == Decimal(5930)


class TestRefused:
    async def test_without_reports_or_for_a_stranger(
        self, office: Office, other_office: Office, tmp_path: Path
    ) -> None:
        company_id, _ = await small_books(office, view=BOOKS - {Scope.REPORTS})
        arguments = {"companyId": str(company_id), **YEAR}

        for asking, codes in ((office, {"DENIED"}), (other_office, {"NOT_FOUND"})):
            exporting = Exporting.at(asking, tmp_path)
            answer = await exporting.ask(asking.manager, "balanceSheet", arguments=arguments)
            refused = {item["code"] for item in answer.data["startExport"]["refusals"]} | set(answer.codes)
            assert refused & codes

    async def test_the_journal_book_without_the_journal(self, office: Office, tmp_path: Path) -> None:
        company_id, _ = await small_books(office, view=BOOKS - {Scope.JOURNAL})
        exporting = Exporting.at(office, tmp_path)
        arguments = {"companyId": str(company_id), **YEAR}
        export_id = await exporting.start(office.manager, "journalBook", arguments=arguments)

        await exporting.make(office.manager, export_id)

        assert await exporting.fetch(office.manager, export_id) is None
