"""Controls, continuity, fingerprints and statement keys."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from services.banking.formats.norma43 import read_norma43
from services.banking.formats.norma43_writer import write_norma43
from services.banking.rules.controls import check_continuity, check_controls
from services.banking.rules.fingerprints import (
    LineIdentity,
    fingerprint,
    fingerprints,
    identity_of,
    normalise_text,
    statement_key,
    with_occurrence_numbers,
)
from services.banking.rules.statements import Statement, WarningCode
from tests.support.builders.norma43 import movement, second_account, worked_example


def example() -> Statement:
    return read_norma43(write_norma43([worked_example()])).statements[0]


def coffee(*, text: str = "CAFE BAR SOL", on: date = date(2026, 11, 3)) -> LineIdentity:
    return LineIdentity(
        account="ES9121000418450200051332",
        currency="EUR",
        operation_on=on,
        value_on=on,
        amount=Decimal("-4.50"),
        text=text,
        references=("825467890138", "FV26-0012"),
    )


class TestCheckControls:
    def test_worked_example_agrees(self) -> None:
        assert check_controls(example()) == ()

    def test_a_movement_less_fails_every_control_it_was_part_of(self) -> None:
        statement = example()

        warnings = check_controls(replace(statement, movements=statement.movements[:-1]))

        assert [(one.code, one.values) for one in warnings] == [
            (WarningCode.DEBIT_COUNT_WRONG, {"stated": "2", "computed": "1"}),
            (WarningCode.DEBIT_TOTAL_WRONG, {"stated": "97.20", "computed": "84.70"}),
            (WarningCode.CLOSING_BALANCE_WRONG, {"stated": "11112.80", "computed": "11125.30"}),
        ]

    def test_what_is_not_stated_is_not_checked(self) -> None:
        intraday = replace(example(), closing_balance=None, control_totals=None, movements=())

        assert check_controls(intraday) == ()


class TestCheckContinuity:
    def test_next_day_with_the_same_balance_is_in_order(self) -> None:
        assert self._codes(date(2026, 10, 31), "10000.00") == []

    def test_days_without_movements_are_no_gap(self) -> None:
        assert self._codes(date(2026, 9, 30), "10000.00") == []

    def test_another_balance_is_a_gap_with_both_numbers(self) -> None:
        (warning,) = check_continuity(
            example(), previous_last_on=date(2026, 10, 31), previous_closing=Decimal("9999.99")
        )

        assert warning.code is WarningCode.STATEMENT_GAP
        assert warning.values == {
            "previous_last_on": "2026-10-31",
            "first_on": "2026-11-01",
            "previous_closing": "9999.99",
            "opening": "10000.00",
        }
        assert "9999.99" in warning.message

    def test_a_shared_day_is_an_overlap(self) -> None:
        assert self._codes(date(2026, 11, 1), "9999.99") == [WarningCode.STATEMENT_OVERLAP]

    def test_previous_statement_without_closing_balance_proves_no_gap(self) -> None:
        assert check_continuity(example(), previous_last_on=date(2026, 10, 31), previous_closing=None) == ()

    def _codes(self, previous_last_on: date, closing: str) -> list[WarningCode]:
        warnings = check_continuity(
            example(), previous_last_on=previous_last_on, previous_closing=Decimal(closing)
        )
        return [warning.code for warning in warnings]


class TestFingerprints:
    def test_identical_lines_that_are_real_stay_two(self) -> None:
        first, second = fingerprints([coffee(), coffee()])

        assert first != second

    def test_reading_a_file_again_gives_the_same_fingerprints(self) -> None:
        content = write_norma43([worked_example(), second_account()])

        first, again = self._of(content), self._of(content)

        assert first == again
        assert len(set(first)) == 7

    def test_a_file_that_overlaps_another_brings_exactly_the_new_lines(self) -> None:
        earlier = replace(
            worked_example(), movements=(movement("-4.50", text="CAFE"), movement("-9.00", text="PAN"))
        )
        later = replace(
            worked_example(),
            movements=(
                movement("-9.00", text="PAN"),
                movement("-4.50", text="CAFE"),
                movement("-4.50", text="CAFE"),
                movement("-4.50", text="CAFE", day=4),
            ),
        )

        known = set(self._of(write_norma43([earlier])))
        new = [one for one in self._of(write_norma43([later])) if one not in known]

        assert len(known) == 2
        assert len(new) == 2

    def test_a_day_split_over_two_account_records_is_numbered_through(self) -> None:
        account = replace(worked_example(), movements=(movement("-4.50", text="CAFE"),))

        assert len(set(self._of(write_norma43([account, account])))) == 2

    def test_every_part_tells_lines_apart(self) -> None:
        line = coffee()
        others = [
            replace(line, account="ES7921000813610123456789"),
            replace(line, currency="USD"),
            replace(line, operation_on=date(2026, 11, 4)),
            replace(line, value_on=date(2026, 11, 4)),
            replace(line, amount=Decimal("4.50")),
            replace(line, text="CAFE BAR LUNA"),
            replace(line, references=()),
            replace(line, bank_id="42"),
        ]

        assert len({fingerprint(one, occurrence=1) for one in (line, *others)}) == 9
        assert fingerprint(line, occurrence=1) != fingerprint(line, occurrence=2)

    def test_parts_do_not_run_into_each_other(self) -> None:
        split_here = replace(coffee(text="PAGO 12"), references=("34",))
        split_there = replace(coffee(text="PAGO"), references=("12", "34"))

        assert fingerprint(split_here, occurrence=1) != fingerprint(split_there, occurrence=1)

    def test_is_pinned_because_it_is_stored(self) -> None:
        assert fingerprint(coffee(), occurrence=1) == (
            "f293eb88d7b9921dc68ad6d0ec6ba0cb07d86b0f5df15f2681cec422627ae47e"
        )

    @given(st.lists(st.sampled_from([coffee(), coffee(text="PAN"), coffee(on=date(2026, 11, 4))])))
    def test_occurrences_count_up_for_each_identity(self, lines: list[LineIdentity]) -> None:
        numbered = with_occurrence_numbers(lines)

        assert [line for line, _ in numbered] == lines
        for identity in set(lines):
            numbers = [number for line, number in numbered if line == identity]
            assert numbers == list(range(1, len(numbers) + 1))

    def _of(self, content: bytes) -> list[str]:
        return fingerprints(
            identity_of(one, movement)
            for one in read_norma43(content).statements
            for movement in one.movements
        )


class TestNormaliseText:
    def test_keeps_ascii_capitals_and_digits(self) -> None:
        assert normalise_text("  Transf.  de\tMUÑOZ, S.L. nº 12 ") == "TRANSF DE MUOZ S L N 12"

    def test_a_wrongly_guessed_character_set_gives_the_same(self) -> None:
        sent = "CAFÉ MUÑOZ ÁVILA"

        assert normalise_text(sent.encode("cp850").decode("latin-1")) == normalise_text(sent)
        assert normalise_text(sent.encode("latin-1").decode("cp850")) == normalise_text(sent)


class TestStatementKey:
    def test_is_the_same_for_the_same_statement_only(self) -> None:
        statement = example()
        others = [
            replace(statement, iban="ES7921000813610123456789"),
            replace(statement, currency="USD"),
            replace(statement, first_on=date(2026, 11, 2)),
            replace(statement, last_on=date(2026, 11, 29)),
            replace(statement, opening_balance=Decimal("0.00")),
            replace(statement, closing_balance=None),
        ]

        assert statement_key(statement) == statement_key(example())
        assert len({statement_key(one) for one in (statement, *others)}) == 7
