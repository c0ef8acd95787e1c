"""Importing statements: all or nothing, each line once, warnings kept, whoever may not is refused."""

from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, select

from services.access.policy import Scope
from services.banking.actions import (
    ImportedFile,
    NewBankAccount,
    import_statement,
    import_uploaded_statement,
    open_bank_account,
)
from services.banking.actions.accounts import BankAccountExists
from services.banking.actions.statements import BankAccountUnknown, StatementCurrencyDiffers
from services.banking.formats.norma43_writer import write_norma43
from services.banking.formats.refusals import NotNorma43, StatementTruncated, StatementUnreadable
from services.banking.models import BankLine, BankStatement
from services.banking.rules.ibans import BankAccountNumberWrong
from services.banking.rules.statements import WarningCode
from services.journal.interface import ledger_account_table
from services.kit.db import table_of
from services.kit.errors import BadInput, Denied, NotFound
from services.uploads.interface import record_upload
from tests.support.builders.banking import IBAN, SECOND_IBAN, Bank, open_bank, statement, statement_file
from tests.support.builders.norma43 import movement
from tests.support.office import BOOKS, Office

DATA = Path(__file__).parents[2] / "data" / "bank"

_line = table_of(BankLine)


async def _import(bank: Bank, content: bytes, *, key: str | None = None) -> ImportedFile:
    async with bank.office.act(bank.office.manager) as act:
        return await import_statement(
            act, company_id=bank.company_id, filename="extracto.n43", content=content, request_key=key
        )


async def _count(bank: Bank, table: Any) -> int:
    async with bank.office.act() as act:
        counted = select(func.count()).select_from(table).where(table.company_id == bank.company_id)
        return await act.session.scalar(counted) or 0


async def _second_account(bank: Bank) -> UUID:
    async with bank.office.act() as act:
        return await open_bank_account(
            act, NewBankAccount(company_id=bank.company_id, name="Segunda", iban=SECOND_IBAN)
        )


class TestOpeningAnAccount:
    async def test_gives_each_its_own_ledger_account(self, office: Office) -> None:
        bank = await open_bank(office)
        await _second_account(bank)

        async with office.act() as act:
            ledger = ledger_account_table()
            codes = await act.session.scalars(
                select(ledger.c.code)
                .where(ledger.c.company_id == bank.company_id, ledger.c.code.like("572_%"))
                .order_by(ledger.c.code)
            )

            assert list(codes) == ["57200001", "57200002"]

    async def test_gives_one_account_for_one_request_key(self, office: Office) -> None:
        bank = await open_bank(office)
        new = NewBankAccount(company_id=bank.company_id, name="TPV", kind="GATEWAY", request_key="one")

        async with office.act() as act:
            assert await open_bank_account(act, new) == await open_bank_account(act, new)

    async def test_refuses_a_wrong_number_a_known_one_and_a_bank_without(self, office: Office) -> None:
        bank = await open_bank(office)
        for iban, refusal in (
            ("ES9121000418450200051333", BankAccountNumberWrong),
            ("es91 2100 0418 4502 0005 1332", BankAccountExists),
            (None, BadInput),
        ):
            with pytest.raises(refusal):
                async with office.act() as act:
                    await open_bank_account(
                        act, NewBankAccount(company_id=bank.company_id, name="Otra", iban=iban)
                    )

    async def test_refuses_who_has_no_say_there(self, office: Office) -> None:
        closed = await office.client("Bar Núñez SL", view=BOOKS, edit=BOOKS - {Scope.BANKING})
        new = NewBankAccount(company_id=closed, name="Caixa", iban=IBAN)
        with pytest.raises(Denied):
            async with office.act(office.manager) as act:
                await open_bank_account(act, new)


class TestImporting:
    async def test_adds_the_lines_of_every_account_of_a_file(self, office: Office) -> None:
        bank = await open_bank(office)
        await _second_account(bank)

        done = await _import(bank, (DATA / "two_accounts_cp850.n43").read_bytes())

        assert (done.added_count, done.known_count, len(done.statement_ids)) == (7, 0, 2)
        assert await _count(bank, BankLine) == 7
        assert done.warnings == ()

    async def test_adds_nothing_for_the_same_file_again(self, office: Office) -> None:
        bank = await open_bank(office)
        content = (DATA / "worked_example.n43").read_bytes()
        first = await _import(bank, content)

        again = await _import(bank, content)

        assert (again.added_count, again.known_count) == (0, 3)
        assert again.statement_ids == first.statement_ids
        assert await _count(bank, BankLine) == 3
        assert await _count(bank, BankStatement) == 1

    async def test_adds_nothing_for_the_same_statement_in_other_bytes(self, office: Office) -> None:
        bank = await open_bank(office)
        content = (DATA / "worked_example.n43").read_bytes()
        await _import(bank, content)

        again = await _import(bank, content.decode("latin-1").replace("\n", "\r\n").encode("cp850"))

        assert (again.added_count, again.known_count) == (0, 3)
        assert await _count(bank, BankStatement) == 1

    @pytest.mark.parametrize(
        ("records_lost", "missing"),
        [
            (1, {WarningCode.FILE_END_MISSING}),
            (2, {WarningCode.FILE_END_MISSING, WarningCode.ACCOUNT_END_MISSING}),
        ],
    )
    async def test_tells_of_a_known_file_that_its_end_is_cut_off(
        self, office: Office, records_lost: int, missing: set[WarningCode]
    ) -> None:
        bank = await open_bank(office)
        content = (DATA / "worked_example.n43").read_bytes()
        await _import(bank, content)
        cut = b"".join(content.splitlines(keepends=True)[:-records_lost])

        for copy in (cut, cut, cut + b"\n"):
            again = await _import(bank, copy)

            assert (again.added_count, again.known_count) == (0, 3)
            assert {warning.code for warning in again.warnings} >= missing

    async def test_gives_the_first_result_for_a_request_key(self, office: Office) -> None:
        bank = await open_bank(office)
        content = (DATA / "worked_example.n43").read_bytes()

        assert await _import(bank, content, key="upload 1") == await _import(bank, content, key="upload 1")

    async def test_keeps_identical_lines_of_a_day_apart(self, office: Office) -> None:
        bank = await open_bank(office)
        coffee = movement("-4.50", text="CAFE LA PLAZA")

        done = await bank.receive(coffee, coffee, coffee)

        assert done.added_count == 3

    async def test_takes_only_the_new_lines_of_an_overlapping_file(self, office: Office) -> None:
        bank = await open_bank(office)
        coffee, rent = movement("-4.50", text="CAFE LA PLAZA"), movement("-600.00", day=5, text="ALQUILER")
        await bank.receive(coffee, coffee)

        later = statement((coffee, coffee, rent))
        done = await _import(bank, write_norma43([replace(later, last_on=later.last_on.replace(day=30))]))

        assert (done.added_count, done.known_count) == (1, 2)
        assert [warning.code for warning in done.warnings] == [WarningCode.STATEMENT_OVERLAP]

    async def test_warns_of_a_gap_between_statements(self, office: Office) -> None:
        bank = await open_bank(office)
        await bank.receive(movement("-4.50", text="CAFE"), opening="100.00")

        done = await _import(
            bank, statement_file([replace_month(movement("5.00"), 12)], opening="90.00", month=12)
        )

        assert [warning.code for warning in done.warnings] == [WarningCode.STATEMENT_GAP]
        assert done.warnings[0].values["previous_closing"] == "95.50"

    async def test_offers_what_parses_and_keeps_each_failed_control(self, office: Office) -> None:
        bank = await open_bank(office)
        await _second_account(bank)

        done = await _import(bank, (DATA / "defects.n43").read_bytes())

        assert done.added_count == 5
        assert {warning.code for warning in done.warnings} >= {
            WarningCode.CLOSING_BALANCE_WRONG,
            WarningCode.RECORD_COUNT_WRONG,
            WarningCode.MOVEMENT_UNREADABLE,
        }
        assert await _import(bank, (DATA / "defects.n43").read_bytes()) == replace_counts(done, 0, 5)

    async def test_computes_the_closing_balance_that_an_intraday_file_lacks(self, office: Office) -> None:
        bank = await open_bank(office)

        done = await _import(bank, (DATA / "intraday.n43").read_bytes())

        assert WarningCode.ACCOUNT_END_MISSING in {warning.code for warning in done.warnings}
        async with office.act() as act:
            stored = await act.session.get(BankStatement, done.statement_ids[0])
            assert stored is not None
            assert str(stored.closing_balance) == "11112.80"

    async def test_sets_a_movement_of_zero_aside(self, office: Office) -> None:
        bank = await open_bank(office)
        await bank.receive(movement("0.00", text="INFORMACION"))

        async with office.act() as act:
            states = await act.session.scalars(
                select(_line.c.state).where(_line.c.company_id == bank.company_id)
            )
            assert list(states) == ["IGNORED"]

    @pytest.mark.parametrize(
        ("sample", "refusal"),
        [("foreign.pdf", NotNorma43), ("foreign.csv", NotNorma43), ("truncated.n43", StatementTruncated)],
    )
    async def test_refuses_a_foreign_or_truncated_file_whole(
        self, office: Office, sample: str, refusal: type[StatementUnreadable]
    ) -> None:
        bank = await open_bank(office)

        with pytest.raises(refusal):
            await _import(bank, (DATA / sample).read_bytes())

        assert await _count(bank, BankStatement) == await _count(bank, BankLine) == 0

    async def test_imports_nothing_of_a_file_with_an_account_the_company_lacks(self, office: Office) -> None:
        bank = await open_bank(office)

        with pytest.raises(BankAccountUnknown) as caught:
            await _import(bank, (DATA / "two_accounts_cp850.n43").read_bytes())

        assert SECOND_IBAN in caught.value.message
        assert await _count(bank, BankStatement) == await _count(bank, BankLine) == 0

    async def test_refuses_another_currency_than_the_account_has(self, office: Office) -> None:
        bank = await open_bank(office)

        with pytest.raises(StatementCurrencyDiffers):
            await _import(bank, write_norma43([replace(statement((movement("1.00"),)), currency="USD")]))

    async def test_keeps_the_same_account_of_two_companies_apart(self, office: Office) -> None:
        here, there = await open_bank(office, "Bar Núñez SL"), await open_bank(office, "Fusteria Puig SL")
        content = (DATA / "worked_example.n43").read_bytes()
        await _import(here, content)

        done = await _import(there, content)

        assert done.added_count == 3

    async def test_is_hidden_from_another_firm_and_closed_without_the_grant(
        self, office: Office, other_office: Office
    ) -> None:
        bank = await open_bank(office)
        content = (DATA / "worked_example.n43").read_bytes()
        reader = await office.employee(bank.company_id, view=frozenset({Scope.BANKING}))
        for viewer, home, refusal in ((other_office.owner, other_office, NotFound), (reader, office, Denied)):
            with pytest.raises(refusal):
                async with home.act(viewer) as act:
                    await import_statement(act, company_id=bank.company_id, filename="x", content=content)


class TestImportingAnUpload:
    async def test_reads_the_file_from_the_store(self, office: Office) -> None:
        bank = await open_bank(office)
        content = (DATA / "worked_example.n43").read_bytes()
        async with office.act(office.manager) as act:
            upload_id = await record_upload(
                act,
                office.store,
                company_id=bank.company_id,
                purpose="STATEMENT",
                filename="noviembre.n43",
                media_type="text/plain",
                content=content,
            )

        async with office.act(office.manager) as act:
            done = await import_uploaded_statement(
                act, office.store, company_id=bank.company_id, upload_id=upload_id, request_key="nov"
            )

        assert done.added_count == 3


def replace_counts(done: ImportedFile, added: int, known: int) -> ImportedFile:
    """The same result with other counts."""
    return replace(done, added_count=added, known_count=known)


def replace_month(moved: Any, month: int) -> Any:
    """The movement in another month."""
    return replace(moved, operation_on=moved.operation_on.replace(month=month))
