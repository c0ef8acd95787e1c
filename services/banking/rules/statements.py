"""A bank statement as any file format gives it: frozen values that the readers build and the rules judge."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from services.kit.words import Language, stored_value


class WarningCode(StrEnum):
    """What can be wrong with a statement that is offered all the same. Codes are stable; they are stored."""

    ENCODING_UNCERTAIN = "ENCODING_UNCERTAIN"
    RECORDS_UNKNOWN = "RECORDS_UNKNOWN"
    RECORDS_WITHOUT_MOVEMENT = "RECORDS_WITHOUT_MOVEMENT"
    FILE_END_MISSING = "FILE_END_MISSING"
    RECORD_COUNT_WRONG = "RECORD_COUNT_WRONG"
    LAST_RECORD_MAY_BE_CUT = "LAST_RECORD_MAY_BE_CUT"
    ACCOUNT_END_MISSING = "ACCOUNT_END_MISSING"
    ACCOUNT_END_UNREADABLE = "ACCOUNT_END_UNREADABLE"
    ACCOUNT_END_DIFFERS = "ACCOUNT_END_DIFFERS"
    BALANCE_SIGN_UNKNOWN = "BALANCE_SIGN_UNKNOWN"
    MOVEMENT_UNREADABLE = "MOVEMENT_UNREADABLE"
    MOVEMENT_SIGN_UNKNOWN = "MOVEMENT_SIGN_UNKNOWN"
    MOVEMENT_ZERO = "MOVEMENT_ZERO"
    VALUE_DATE_UNREADABLE = "VALUE_DATE_UNREADABLE"
    OPERATION_DATE_OUTSIDE_PERIOD = "OPERATION_DATE_OUTSIDE_PERIOD"
    FOREIGN_AMOUNT_UNREADABLE = "FOREIGN_AMOUNT_UNREADABLE"
    TEXT_SEQUENCE_WRONG = "TEXT_SEQUENCE_WRONG"
    REFERENCE_CHECK_DIGIT_WRONG = "REFERENCE_CHECK_DIGIT_WRONG"
    DEBIT_COUNT_WRONG = "DEBIT_COUNT_WRONG"
    DEBIT_TOTAL_WRONG = "DEBIT_TOTAL_WRONG"
    CREDIT_COUNT_WRONG = "CREDIT_COUNT_WRONG"
    CREDIT_TOTAL_WRONG = "CREDIT_TOTAL_WRONG"
    CLOSING_BALANCE_WRONG = "CLOSING_BALANCE_WRONG"
    STATEMENT_GAP = "STATEMENT_GAP"
    STATEMENT_OVERLAP = "STATEMENT_OVERLAP"


SENTENCES: Mapping[WarningCode, str] = {
    WarningCode.ENCODING_UNCERTAIN: "The character set of the file is uncertain: read as {encoding}.",
    WarningCode.RECORDS_UNKNOWN: (
        "{count} records of a kind that the format does not have were left out, the first, {record}, on line {line}."
    ),
    WarningCode.RECORDS_WITHOUT_MOVEMENT: (
        "{count} additional records follow no movement and were left out, the first, {record}, on line {line}."
    ),
    WarningCode.FILE_END_MISSING: "The file has no end record: whether it is complete cannot be checked.",
    WarningCode.RECORD_COUNT_WRONG: "The end record on line {line} counts {stated} records, the file has {counted}.",
    WarningCode.LAST_RECORD_MAY_BE_CUT: (
        "The file stops without an end record in a record of {length} characters on line {line}: "
        "its last movement may be cut."
    ),
    WarningCode.ACCOUNT_END_MISSING: (
        "Account {account} has no end record: its closing balance and totals cannot be checked."
    ),
    WarningCode.ACCOUNT_END_UNREADABLE: (
        "The end record of account {account} on line {line} cannot be read: {field} is {found}."
    ),
    WarningCode.ACCOUNT_END_DIFFERS: (
        "The end record on line {line} states {field} {stated}, the account record states {expected}."
    ),
    WarningCode.BALANCE_SIGN_UNKNOWN: (
        "The {field} of {amount} on line {line} has sign code {found} instead of 1 or 2: read as money in your favour."
    ),
    WarningCode.MOVEMENT_UNREADABLE: "The movement on line {line} was left out: {field} is {found}.",
    WarningCode.MOVEMENT_SIGN_UNKNOWN: (
        "The movement of zero on line {line} has sign code {found} instead of 1 or 2: it counts on neither side."
    ),
    WarningCode.MOVEMENT_ZERO: "The movement on line {line} has an amount of zero.",
    WarningCode.VALUE_DATE_UNREADABLE: (
        "The value date of the movement on line {line} is {found}: its operation date {operation_on} is used."
    ),
    WarningCode.OPERATION_DATE_OUTSIDE_PERIOD: (
        "The movement on line {line} is of {operation_on}, outside {first_on} to {last_on}."
    ),
    WarningCode.FOREIGN_AMOUNT_UNREADABLE: (
        "The foreign amount on line {line} was left out: {field} is {found}."
    ),
    WarningCode.TEXT_SEQUENCE_WRONG: "The text record on line {line} is numbered {stated} instead of {expected}.",
    WarningCode.REFERENCE_CHECK_DIGIT_WRONG: (
        "{count} movements have a first reference with a wrong check digit, "
        "the first on line {line}: {stated} instead of {computed}."
    ),
    WarningCode.DEBIT_COUNT_WRONG: "The bank counts {stated} payments out, the file has {computed}.",
    WarningCode.DEBIT_TOTAL_WRONG: "The bank totals payments out at {stated}, the movements add up to {computed}.",
    WarningCode.CREDIT_COUNT_WRONG: "The bank counts {stated} payments in, the file has {computed}.",
    WarningCode.CREDIT_TOTAL_WRONG: "The bank totals payments in at {stated}, the movements add up to {computed}.",
    WarningCode.CLOSING_BALANCE_WRONG: (
        "The closing balance is stated as {stated}, opening balance and movements give {computed}."
    ),
    WarningCode.STATEMENT_GAP: (
        "The statement before closed on {previous_last_on} with {previous_closing}, "
        "this one opens on {first_on} with {opening}: movements may be missing."
    ),
    WarningCode.STATEMENT_OVERLAP: (
        "The statement before reaches to {previous_last_on}, this one begins on {first_on}: "
        "lines of both are kept once."
    ),
}
"""English source text with named places; every code has its sentence."""


@dataclass(frozen=True, slots=True)
class StatementWarning:
    """A control that failed, or a thing left out. `values` are texts: days as 2026-11-30, amounts as -97.20."""

    code: WarningCode
    values: Mapping[str, str]

    @property
    def sentence(self) -> str:
        """The English source text with named places."""
        return SENTENCES[self.code]

    @property
    def message(self) -> str:
        """The English sentence with its values filled in."""
        return self.sentence.format(**self.values)

    def told(self, language: Language) -> str:
        """This will give the sentence with its values, all in a language; `field` is a word of ours and follows."""
        shown = {name: stored_value(value) for name, value in self.values.items()}
        if "field" in shown:
            shown["field"] = language(shown["field"])
        return language.fill(self.sentence, shown)


class Side(StrEnum):
    """The bank's own word for a movement. Told apart from the sign of an amount because zero has a side too."""

    DEBIT = "DEBIT"
    CREDIT = "CREDIT"


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """One line of a statement.

    `amount` is signed: positive = money in. `side` is None when the bank did not say (only for an amount of
    zero). `text_lines` are the free texts as sent, one per record, trailing blanks off. Codes and references
    are "" when the bank sent none. `foreign_amount` has the sign of `amount` and stands in
    `foreign_currency`. `line_numbers` are the lines of the file that the movement was read from, counted from
    1, the movement first.
    """

    operation_on: date
    value_on: date
    amount: Decimal
    side: Side | None
    common_concept: str = ""
    own_concept: str = ""
    origin_branch: str = ""
    document_number: str = ""
    reference_1: str = ""
    reference_2: str = ""
    text_lines: tuple[str, ...] = ()
    foreign_amount: Decimal | None = None
    foreign_currency: str | None = None
    line_numbers: tuple[int, ...] = ()

    @property
    def text(self) -> str:
        """All text lines in order as one, runs of blanks as one blank."""
        return " ".join(" ".join(self.text_lines).split())

    @property
    def references(self) -> tuple[str, ...]:
        """Document number, reference 1 and reference 2, without the empty ones."""
        return tuple(filter(None, (self.document_number, self.reference_1, self.reference_2)))


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlTotals:
    """What the bank says the movements add up to. Totals have no sign."""

    debit_count: int
    debit_total: Decimal
    credit_count: int
    credit_total: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """The movements of one bank account between two days, both included.

    Balances are signed: positive = in the holder's favour. `closing_balance` and `control_totals` are None
    when the file does not state them (an intraday file). `currency` is the ISO 4217 letter code. `warnings`
    holds everything that was found about this account, `check_controls` included.
    """

    bank: str
    branch: str
    account: str
    iban: str
    first_on: date
    last_on: date
    opening_balance: Decimal
    closing_balance: Decimal | None
    currency: str
    mode: int | None
    holder: str
    movements: tuple[Movement, ...]
    control_totals: ControlTotals | None
    line_number: int
    warnings: tuple[StatementWarning, ...] = field(default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementFile:
    """All statements of one file, in the order of the file. `warnings` are those of no single account."""

    statements: tuple[Statement, ...]
    encoding: str
    warnings: tuple[StatementWarning, ...]

    @property
    def all_warnings(self) -> tuple[StatementWarning, ...]:
        """The warnings of the file and then of each statement."""
        return self.warnings + tuple(warning for one in self.statements for warning in one.warnings)
