"""Reader of AEB Norma 43 (booklet 43, June 2012): the statement file of every Spanish bank.

Records of 80 characters: 11 opens an account; 22 is a movement, 23 its text, 24 its foreign amount; 33 closes
the account with totals; 88 ends the file with a count. Policy: a movement that can be read is offered; what
is left out, read otherwise than sent, or contradicts a control becomes a warning with the numbers; nothing is
repaired silently. A file that cannot be trusted as a whole is refused (`refusals`).
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from services.banking.formats import norma43_fields as fields
from services.banking.formats.norma43_fields import FieldUnreadable
from services.banking.formats.norma43_lines import Record, read_records
from services.banking.formats.refusals import AccountUnreadable, RecordOutOfPlace
from services.banking.rules.controls import check_controls
from services.banking.rules.statements import (
    ControlTotals,
    Movement,
    Side,
    Statement,
    StatementFile,
    StatementWarning,
    WarningCode,
)
from services.kit.money import ZERO

_REFERENCE_LENGTH = 12


def read_norma43(content: bytes) -> StatementFile:
    """This will read a whole file; the file is read once, in order.

    Raises StatementEmpty, StatementTooLarge, NotNorma43, StatementTruncated, AccountUnreadable,
    RecordOutOfPlace.
    """
    lines = read_records(content)
    reader = _FileReader()
    for record in lines.records:
        reader.read(record)
    reader.finish()
    if not lines.is_encoding_sure:
        reader.warn(WarningCode.ENCODING_UNCERTAIN, encoding=lines.encoding)
    if lines.is_last_suspect:
        last = lines.records[-1]
        reader.warn(WarningCode.LAST_RECORD_MAY_BE_CUT, line=last.line, length=last.length)
    return StatementFile(
        statements=tuple(reader.statements), encoding=lines.encoding, warnings=tuple(reader.warnings)
    )


class _FileReader:
    """The file so far: finished statements, the account that is open, what was left out."""

    def __init__(self) -> None:
        self.statements: list[Statement] = []
        self.warnings: list[StatementWarning] = []
        self._account: _AccountReader | None = None
        self._records_since_end = 0
        self._left_out: dict[WarningCode, list[Record]] = {}

    def warn(self, code: WarningCode, **values: object) -> None:
        """This will note a warning of the file."""
        self.warnings.append(_warning(code, **values))

    def read(self, record: Record) -> None:
        """This will take the next record."""
        if record.code == "88":
            self._end_file(record)
            return
        self._records_since_end += 1
        if record.code == "11":
            self._close_account()
            self._account = _AccountReader(record)
        elif record.code in {"22", "33"}:
            if self._account is None:
                raise RecordOutOfPlace(line=record.line, record=record.code)
            if record.code == "22":
                self._account.read_movement(record)
            else:
                self._account.read_end(record)
                self._close_account()
        elif record.code not in {"23", "24"}:
            self._left_out.setdefault(WarningCode.RECORDS_UNKNOWN, []).append(record)
        elif self._account is None or not self._account.read_addition(record):
            self._left_out.setdefault(WarningCode.RECORDS_WITHOUT_MOVEMENT, []).append(record)

    def finish(self) -> None:
        """This will close what the file left open and sum up what was left out."""
        self._close_account()
        if self._records_since_end:
            self.warn(WarningCode.FILE_END_MISSING)
        for code, records in self._left_out.items():
            self.warn(code, count=len(records), record=records[0].code, line=records[0].line)

    def _close_account(self) -> None:
        if self._account is not None:
            self.statements.append(self._account.statement())
            self._account = None

    def _end_file(self, record: Record) -> None:
        self._close_account()
        stated = record.cut(21, 26)
        counted = self._records_since_end
        if not stated.isdigit() or int(stated) != counted:
            self.warn(
                WarningCode.RECORD_COUNT_WRONG,
                line=record.line,
                stated=stated.lstrip("0") or "0",
                counted=counted,
            )
        # Files that somebody joined have several ends, each counting its own part.
        self._records_since_end = 0


class _AccountReader:
    """One account from its record 11 to its record 33."""

    def __init__(self, record: Record) -> None:
        self._opening = record
        self._movements: list[Movement] = []
        self._warnings: list[StatementWarning] = []
        self._is_movement_left_out = False
        self._closing_balance: Decimal | None = None
        self._totals: ControlTotals | None = None
        self._has_end = False
        try:
            bank, branch = fields.digits(record.cut(3, 6), "bank"), fields.digits(record.cut(7, 10), "branch")
            account = fields.digits(record.cut(11, 20), "account number")
            mode = record.cut(51, 51)
            self._statement = Statement(
                bank=bank,
                branch=branch,
                account=account,
                iban=fields.spanish_iban(bank, branch, account),
                first_on=fields.day(record.cut(21, 26), "first day"),
                last_on=fields.day(record.cut(27, 32), "last day"),
                opening_balance=self._balance(record, 33, 34, "opening balance"),
                closing_balance=None,
                currency=fields.currency_code(record.cut(48, 50), "currency"),
                mode=int(mode) if mode in {"1", "2", "3"} else None,
                holder=record.cut(52, 77).strip(),
                movements=(),
                control_totals=None,
                line_number=record.line,
            )
        except FieldUnreadable as error:
            raise AccountUnreadable(line=record.line, field=error.field, found=error.found) from error

    def read_movement(self, record: Record) -> None:
        """This will take a record 22; one that cannot be read is left out with a warning."""
        self._is_movement_left_out = False
        try:
            operation_on = fields.day(record.cut(11, 16), "operation date")
            amount = fields.unsigned_amount(record.cut(29, 42), "amount")
            side = self._side(record, amount)
        except FieldUnreadable as error:
            self._is_movement_left_out = True
            self._warn(
                WarningCode.MOVEMENT_UNREADABLE, line=record.line, field=error.field, found=error.found
            )
            return
        self._movements.append(
            Movement(
                operation_on=operation_on,
                value_on=self._value_day(record, operation_on),
                amount=-amount if side is Side.DEBIT and amount else amount,
                side=side,
                common_concept=fields.given(record.cut(23, 24)),
                own_concept=fields.given(record.cut(25, 27)),
                origin_branch=fields.given(record.cut(7, 10)),
                document_number=fields.given(record.cut(43, 52)),
                reference_1=fields.given(record.cut(53, 64)),
                reference_2=record.cut(65, 80).strip(),
                line_numbers=(record.line,),
            )
        )

    def read_addition(self, record: Record) -> bool:
        """This will add a record 23 or 24 to the movement before it; False says that there is none."""
        if self._is_movement_left_out:
            return True
        if not self._movements:
            return False
        movement = self._movements[-1]
        if record.code == "23":
            added = self._with_text(movement, record)
        else:
            added = self._with_foreign_amount(movement, record)
        self._movements[-1] = replace(added, line_numbers=(*movement.line_numbers, record.line))
        return True

    def read_end(self, record: Record) -> None:
        """This will take the record 33 of this account."""
        self._has_end = True
        try:
            totals = ControlTotals(
                debit_count=fields.count(record.cut(21, 25), "count of payments out"),
                debit_total=fields.unsigned_amount(record.cut(26, 39), "total of payments out"),
                credit_count=fields.count(record.cut(40, 44), "count of payments in"),
                credit_total=fields.unsigned_amount(record.cut(45, 58), "total of payments in"),
            )
            self._closing_balance = self._balance(record, 59, 60, "closing balance")
            self._totals = totals
        except FieldUnreadable as error:
            self._warn(
                WarningCode.ACCOUNT_END_UNREADABLE,
                account=self._statement.iban,
                line=record.line,
                field=error.field,
                found=error.found,
            )
        opening = self._opening
        for field, stated, expected in (
            ("account", record.cut(3, 20), opening.cut(3, 20)),
            ("currency", record.cut(74, 76), opening.cut(48, 50)),
        ):
            if stated.strip() and stated != expected:
                self._warn(
                    WarningCode.ACCOUNT_END_DIFFERS,
                    line=record.line,
                    field=field,
                    stated=stated,
                    expected=expected,
                )

    def statement(self) -> Statement:
        """This will give the finished statement with everything that was found about it."""
        if not self._has_end:
            self._warn(WarningCode.ACCOUNT_END_MISSING, account=self._statement.iban)
        self._warn_of_references()
        read = replace(
            self._statement,
            movements=tuple(self._movements),
            closing_balance=self._closing_balance,
            control_totals=self._totals,
        )
        found = (*self._warnings, *_warnings_of_movements(read), *check_controls(read))
        return replace(read, warnings=found)

    def _warn(self, code: WarningCode, **values: object) -> None:
        self._warnings.append(_warning(code, **values))

    def _balance(self, record: Record, sign_place: int, first: int, field: str) -> Decimal:
        amount = fields.unsigned_amount(record.cut(first, first + 13), field)
        sign = record.cut(sign_place, sign_place)
        if amount == ZERO:
            return ZERO
        if sign not in {fields.DEBIT, fields.CREDIT}:
            self._warn(
                WarningCode.BALANCE_SIGN_UNKNOWN,
                line=record.line,
                field=field,
                amount=amount,
                found=repr(sign),
            )
        return -amount if sign == fields.DEBIT else amount

    def _side(self, record: Record, amount: Decimal) -> Side | None:
        """Zero without a sign is offered, anything else without one is not: nobody could say which way it went."""
        sign = record.cut(28, 28)
        if sign in {fields.DEBIT, fields.CREDIT}:
            return Side.DEBIT if sign == fields.DEBIT else Side.CREDIT
        if amount != ZERO:
            raise FieldUnreadable(f"sign code of {amount}", sign)
        self._warn(WarningCode.MOVEMENT_SIGN_UNKNOWN, line=record.line, found=repr(sign))
        return None

    def _value_day(self, record: Record, operation_on: date) -> date:
        try:
            return fields.day(record.cut(17, 22), "value date")
        except FieldUnreadable as error:
            self._warn(
                WarningCode.VALUE_DATE_UNREADABLE,
                line=record.line,
                found=error.found,
                operation_on=operation_on,
            )
            return operation_on

    def _with_text(self, movement: Movement, record: Record) -> Movement:
        stated, expected = record.cut(3, 4), f"{len(movement.text_lines) + 1:02}"
        if stated != expected:
            self._warn(WarningCode.TEXT_SEQUENCE_WRONG, line=record.line, stated=stated, expected=expected)
        # The booklet prints two fields of 38, but a name or a concept runs on over the border between them.
        return replace(movement, text_lines=(*movement.text_lines, record.cut(5, 80).rstrip()))

    def _with_foreign_amount(self, movement: Movement, record: Record) -> Movement:
        try:
            amount = fields.unsigned_amount(record.cut(8, 21), "amount")
            currency = fields.currency_code(record.cut(5, 7), "currency")
        except FieldUnreadable as error:
            self._warn(
                WarningCode.FOREIGN_AMOUNT_UNREADABLE, line=record.line, field=error.field, found=error.found
            )
            return movement
        signed = -amount if movement.side is Side.DEBIT and amount else amount
        return replace(movement, foreign_amount=signed, foreign_currency=currency)

    def _warn_of_references(self) -> None:
        """One warning for all of them: many banks put free numbers there, and nobody can act on each."""
        wrong = [
            (movement, computed)
            for movement in self._movements
            if len(movement.reference_1) == _REFERENCE_LENGTH
            and movement.reference_1.isascii()
            and movement.reference_1.isdigit()
            and (computed := fields.reference_check_digit(movement.reference_1[:-1]))
            != movement.reference_1[-1]
        ]
        if wrong:
            movement, computed = wrong[0]
            self._warn(
                WarningCode.REFERENCE_CHECK_DIGIT_WRONG,
                count=len(wrong),
                line=movement.line_numbers[0],
                stated=movement.reference_1[-1],
                computed=computed,
            )


def _warnings_of_movements(statement: Statement) -> Iterator[StatementWarning]:
    first_on, last_on = statement.first_on, statement.last_on
    for movement in statement.movements:
        line = movement.line_numbers[0]
        if movement.amount == ZERO:
            yield _warning(WarningCode.MOVEMENT_ZERO, line=line)
        # A value date after the period is no defect: charges of the last day carry the next working day.
        if not first_on <= movement.operation_on <= last_on:
            yield _warning(
                WarningCode.OPERATION_DATE_OUTSIDE_PERIOD,
                line=line,
                operation_on=movement.operation_on,
                first_on=first_on,
                last_on=last_on,
            )


def _warning(code: WarningCode, **values: object) -> StatementWarning:
    return StatementWarning(code, {name: str(value) for name, value in values.items()})
