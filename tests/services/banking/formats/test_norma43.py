"""The reader of Norma 43 on the worked example, on the samples, and on files spoilt on purpose."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from services.banking.formats.norma43 import read_norma43
from services.banking.formats.norma43_writer import write_norma43
from services.banking.formats.refusals import (
    NotNorma43,
    StatementTruncated,
    StatementUnreadable,
)
from services.banking.rules.statements import Side, StatementFile, WarningCode
from tests.support.builders.norma43 import (
    Defect,
    movement,
    second_account,
    spoilt_file,
    with_field,
    with_record,
    without,
    worked_example,
)

SAMPLES = Path(__file__).parents[3] / "data" / "bank"


def found(content: bytes) -> list[tuple[WarningCode, Mapping[str, str]]]:
    return [(warning.code, warning.values) for warning in read_norma43(content).all_warnings]


def codes(file: StatementFile) -> list[WarningCode]:
    return [warning.code for warning in file.all_warnings]


class TestWorkedExample:
    def test_reads_account_balances_and_totals(self) -> None:
        file = read_norma43((SAMPLES / "worked_example.n43").read_bytes())

        (statement,) = file.statements
        assert file.all_warnings == ()
        assert statement.iban == "ES9121000418450200051332"
        assert (statement.bank, statement.branch, statement.account) == ("2100", "0418", "0200051332")
        assert (statement.first_on, statement.last_on) == (date(2026, 11, 1), date(2026, 11, 30))
        assert (statement.opening_balance, statement.closing_balance) == (
            Decimal("10000.00"),
            Decimal("11112.80"),
        )
        assert (statement.currency, statement.mode, statement.holder) == ("EUR", 3, "TALLERES EJEMPLO SL")
        totals = statement.control_totals
        assert totals is not None
        assert (totals.debit_count, totals.debit_total) == (2, Decimal("97.20"))
        assert (totals.credit_count, totals.credit_total) == (1, Decimal("1210.00"))
        assert statement.opening_balance + Decimal("1210.00") - Decimal("97.20") == Decimal("11112.80")

    def test_reads_movements_with_their_sign_text_and_lines(self) -> None:
        (statement,) = read_norma43((SAMPLES / "worked_example.n43").read_bytes()).statements

        transfer, receipt, fee = statement.movements
        assert [one.amount for one in statement.movements] == [
            Decimal("1210.00"),
            Decimal("-84.70"),
            Decimal("-12.50"),
        ]
        assert transfer.text == "TRANSF. DE CARPINTERIA MUÑOZ SL FACTURA FV26-0012"
        assert transfer.references == ("825467890138", "FV26-0012")
        assert (transfer.common_concept, transfer.own_concept, transfer.side) == ("04", "001", Side.CREDIT)
        assert receipt.references == ()
        assert fee.value_on == date(2026, 12, 1)
        assert [one.line_numbers for one in statement.movements] == [(2, 3), (4, 5), (6, 7)]

    def test_file_of_the_writer_reads_the_same(self) -> None:
        written = read_norma43(write_norma43([worked_example()], strips_blanks=True, line_break="\n"))

        assert written.statements == read_norma43((SAMPLES / "worked_example.n43").read_bytes()).statements


class TestSamples:
    def test_two_accounts_in_code_page_850(self) -> None:
        file = read_norma43((SAMPLES / "two_accounts_cp850.n43").read_bytes())

        first, second = file.statements
        assert (file.encoding, file.all_warnings) == ("cp850", ())
        assert first.iban != second.iban
        assert (second.opening_balance, second.closing_balance) == (Decimal("-350.25"), Decimal("549.45"))
        assert [one.text for one in second.movements[:2]] == ["COMPRA CAFÉ ESPAÑA"] * 2
        assert second.movements[3].text == "TRASPASO PEÑÍSCOLA Nº 2"
        assert (second.movements[2].foreign_amount, second.movements[2].foreign_currency) == (
            Decimal("-100.00"),
            "USD",
        )

    def test_defects_are_all_told_and_the_rest_is_offered(self) -> None:
        file = read_norma43((SAMPLES / "defects.n43").read_bytes())

        assert codes(file) == [
            WarningCode.RECORD_COUNT_WRONG,
            WarningCode.RECORDS_UNKNOWN,
            *[
                WarningCode.MOVEMENT_UNREADABLE,
                WarningCode.DEBIT_COUNT_WRONG,
                WarningCode.DEBIT_TOTAL_WRONG,
                WarningCode.CLOSING_BALANCE_WRONG,
            ]
            * 2,
        ]
        assert [len(statement.movements) for statement in file.statements] == [2, 3]
        assert all(warning.message for warning in file.all_warnings)

    def test_intraday_file_has_no_closing_balance(self) -> None:
        file = read_norma43((SAMPLES / "intraday.n43").read_bytes())

        (statement,) = file.statements
        assert codes(file) == [WarningCode.FILE_END_MISSING, WarningCode.ACCOUNT_END_MISSING]
        assert (statement.closing_balance, statement.control_totals) == (None, None)
        assert len(statement.movements) == 3

    @pytest.mark.parametrize(
        ("name", "refusal", "values"),
        [
            ("truncated.n43", StatementTruncated, {"line": 4, "record": "22", "length": 30, "needed": 42}),
            ("foreign.pdf", NotNorma43, {"found": "PDF", "line": 1}),
            ("foreign.csv", NotNorma43, {"found": "CSV", "line": 1}),
        ],
    )
    def test_other_files_are_refused(
        self, name: str, refusal: type[StatementUnreadable], values: Mapping[str, object]
    ) -> None:
        with pytest.raises(refusal) as caught:
            read_norma43((SAMPLES / name).read_bytes())

        assert caught.value.values == values
        assert caught.value.message


class TestDefects:
    """Each defect gives exactly its own warning, with both numbers."""

    @pytest.mark.parametrize(
        ("defect", "code", "values"),
        [
            (
                with_field("33", 60, "00000001111281"),
                WarningCode.CLOSING_BALANCE_WRONG,
                {"stated": "11112.81", "computed": "11112.80"},
            ),
            (with_field("33", 21, "00003"), WarningCode.DEBIT_COUNT_WRONG, {"stated": "3", "computed": "2"}),
            (
                with_field("33", 26, "00000000009721"),
                WarningCode.DEBIT_TOTAL_WRONG,
                {"stated": "97.21", "computed": "97.20"},
            ),
            (with_field("33", 40, "00000"), WarningCode.CREDIT_COUNT_WRONG, {"stated": "0", "computed": "1"}),
            (
                with_field("33", 45, "00000000121001"),
                WarningCode.CREDIT_TOTAL_WRONG,
                {"stated": "1210.01", "computed": "1210.00"},
            ),
            (
                with_field("88", 21, "000099"),
                WarningCode.RECORD_COUNT_WRONG,
                {"line": "9", "stated": "99", "counted": "8"},
            ),
            (without("88"), WarningCode.FILE_END_MISSING, {}),
            (without("33"), WarningCode.ACCOUNT_END_MISSING, {"account": "ES9121000418450200051332"}),
            (
                with_field("33", 11, "0200051333"),
                WarningCode.ACCOUNT_END_DIFFERS,
                {
                    "line": "8",
                    "field": "account",
                    "stated": "210004180200051333",
                    "expected": "210004180200051332",
                },
            ),
            (
                with_field("33", 74, "840"),
                WarningCode.ACCOUNT_END_DIFFERS,
                {"line": "8", "field": "currency", "stated": "840", "expected": "978"},
            ),
            (
                with_field("11", 33, "0"),
                WarningCode.BALANCE_SIGN_UNKNOWN,
                {"line": "1", "field": "opening balance", "amount": "10000.00", "found": "'0'"},
            ),
            (
                with_field("33", 59, "0"),
                WarningCode.BALANCE_SIGN_UNKNOWN,
                {"line": "8", "field": "closing balance", "amount": "11112.80", "found": "'0'"},
            ),
            (
                with_field("22", 17, "261199"),
                WarningCode.VALUE_DATE_UNREADABLE,
                {"line": "2", "found": "261199", "operation_on": "2026-11-03"},
            ),
            (
                with_field("22", 11, "261201261201"),
                WarningCode.OPERATION_DATE_OUTSIDE_PERIOD,
                {
                    "line": "2",
                    "operation_on": "2026-12-01",
                    "first_on": "2026-11-01",
                    "last_on": "2026-11-30",
                },
            ),
            (
                with_field("23", 3, "02"),
                WarningCode.TEXT_SEQUENCE_WRONG,
                {"line": "3", "stated": "02", "expected": "01"},
            ),
            (
                with_field("22", 64, "9"),
                WarningCode.REFERENCE_CHECK_DIGIT_WRONG,
                {"count": "1", "line": "2", "stated": "9", "computed": "8"},
            ),
            (
                with_record("99SEPARATOR", before="22"),
                WarningCode.RECORDS_UNKNOWN,
                {"count": "1", "record": "99", "line": "2"},
            ),
            (
                with_record("2301NO MOVEMENT", before="22"),
                WarningCode.RECORDS_WITHOUT_MOVEMENT,
                {"count": "1", "record": "23", "line": "2"},
            ),
            (
                with_record("240100000000000010000", before="33"),
                WarningCode.FOREIGN_AMOUNT_UNREADABLE,
                {"line": "8", "field": "currency", "found": "000"},
            ),
        ],
    )
    def test_gives_exactly_its_warning(
        self, defect: Defect, code: WarningCode, values: Mapping[str, str]
    ) -> None:
        content = spoilt_file(defect)

        assert found(content) == [(code, values)]
        assert len(read_norma43(content).statements[0].movements) == 3

    def test_movement_with_sign_code_zero_is_left_out_with_its_text(self) -> None:
        file = read_norma43(spoilt_file(with_field("22", 28, "0", nth=1)))

        assert codes(file) == [
            WarningCode.MOVEMENT_UNREADABLE,
            WarningCode.DEBIT_COUNT_WRONG,
            WarningCode.DEBIT_TOTAL_WRONG,
            WarningCode.CLOSING_BALANCE_WRONG,
        ]
        assert file.all_warnings[0].values == {"line": "4", "field": "sign code of 84.70", "found": "0"}
        transfer, fee = file.statements[0].movements
        assert (transfer.line_numbers, fee.line_numbers) == ((2, 3), (6, 7))

    def test_end_of_account_that_cannot_be_read_leaves_no_controls(self) -> None:
        file = read_norma43(spoilt_file(with_field("33", 60, "            XX")))

        assert codes(file) == [WarningCode.ACCOUNT_END_UNREADABLE]
        assert file.statements[0].closing_balance is None

    def test_second_account_without_end_of_the_first(self) -> None:
        content = spoilt_file(without("33"), accounts=[worked_example(), second_account()])

        file = read_norma43(content)

        assert codes(file) == [WarningCode.ACCOUNT_END_MISSING] * 2
        assert [len(statement.movements) for statement in file.statements] == [3, 4]


class TestZeroAmounts:
    def test_zero_counts_on_the_side_the_bank_gave_it(self) -> None:
        zero_debit = replace(movement("0.00"), is_debit=True)
        content = write_norma43([replace(worked_example(), movements=(zero_debit, movement("5.00")))])

        file = read_norma43(content)

        assert codes(file) == [WarningCode.MOVEMENT_ZERO]
        assert [one.side for one in file.statements[0].movements] == [Side.DEBIT, Side.CREDIT]

    def test_zero_with_sign_code_zero_is_offered_and_counts_on_neither_side(self) -> None:
        account = replace(worked_example(), movements=(movement("0.00"),))

        file = read_norma43(spoilt_file(with_field("22", 28, "0"), accounts=[account]))

        assert codes(file) == [
            WarningCode.MOVEMENT_SIGN_UNKNOWN,
            WarningCode.MOVEMENT_ZERO,
            WarningCode.CREDIT_COUNT_WRONG,
        ]
        assert file.statements[0].movements[0].side is None

    def test_zero_balances_need_no_sign(self) -> None:
        account = replace(worked_example(), opening_balance=Decimal("0.00"), movements=())

        assert (
            found(spoilt_file(with_field("11", 33, "0"), with_field("33", 59, "0"), accounts=[account])) == []
        )
