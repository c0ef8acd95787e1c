"""What an assistant asks for, and how the texts that are given become values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from services.journal.rules.entries import EntryLine
from services.kit.errors import Refused
from services.kit.money import ZERO, AmountNotUnderstood, parse_amount, to_cents

PERCENT_MAX = Decimal(100)
ACCOUNT_CODE_LENGTH_MAX = 12


class ParameterKind(StrEnum):
    """AMOUNT in euro, zero or more; PERCENT 0 to 100; DATE a day; ACCOUNT a code; CONTACT an id."""

    AMOUNT = "AMOUNT"
    PERCENT = "PERCENT"
    DATE = "DATE"
    ACCOUNT = "ACCOUNT"
    CONTACT = "CONTACT"


@dataclass(frozen=True, kw_only=True)
class Parameter:
    """One value an assistant asks for. `default` is used where none is given; without one it is needed."""

    name: str
    kind: ParameterKind = ParameterKind.AMOUNT
    default: str | None = None


class ValueMissing(Refused):
    """An assistant or template needs a value that was not given."""

    code = "VALUE_MISSING"
    sentence = "Give a value for {name}."


class ValueWrong(Refused):
    """A value that is no amount, percentage, day, account or contact, whichever was asked for."""

    code = "VALUE_WRONG"
    sentence = "The value of {name} cannot be used: {given}."


@dataclass(frozen=True)
class Given:
    """The values of one call, read as what the assistant's parameters say they are."""

    parameters: tuple[Parameter, ...]
    texts: Mapping[str, str]

    def amount(self, name: str) -> Decimal:
        """Euro with two places, zero or more. Raises ValueMissing, ValueWrong."""
        return amount_of(name, self._text(name))

    def percent(self, name: str) -> Decimal:
        """From 0 to 100. Raises ValueMissing, ValueWrong."""
        value = _number(name, self._text(name))
        if not ZERO <= value <= PERCENT_MAX:
            raise ValueWrong(name=name, given=self._text(name), path=("values", name))
        return value

    def day(self, name: str) -> date:
        """A calendar day. Raises ValueMissing, ValueWrong."""
        text = self._text(name)
        try:
            return date.fromisoformat(text)
        except ValueError as error:
            raise ValueWrong(name=name, given=text, path=("values", name)) from error

    def account(self, name: str) -> str:
        """An account code; whether the company has it is known when the entry is drafted."""
        text = self._text(name)
        if not text.isascii() or not text.isdigit() or len(text) > ACCOUNT_CODE_LENGTH_MAX:
            raise ValueWrong(name=name, given=text, path=("values", name))
        return text

    def contact(self, name: str) -> UUID:
        """A contact's id; whether it is of this company is known when the entry is drafted."""
        text = self._text(name)
        try:
            return UUID(text)
        except ValueError as error:
            raise ValueWrong(name=name, given=text, path=("values", name)) from error

    def _text(self, name: str) -> str:
        given = self.texts.get(name, "").strip()
        if given:
            return given
        for parameter in self.parameters:
            if parameter.name == name and parameter.default is not None:
                return parameter.default
        raise ValueMissing(name=name, path=("values", name))


def amount_of(name: str, text: str) -> Decimal:
    """This will read euro with two places, zero or more. Raises ValueWrong."""
    value = _number(name, text)
    if value < 0 or value != to_cents(value):
        raise ValueWrong(name=name, given=text, path=("values", name))
    return to_cents(value)


def _number(name: str, text: str) -> Decimal:
    try:
        return parse_amount(text)
    except AmountNotUnderstood as error:
        raise ValueWrong(name=name, given=text[:40], path=("values", name)) from error


def debit(code: str, amount: Decimal, contact_id: UUID | None = None) -> EntryLine:
    """A line on the debit side."""
    return EntryLine(ledger_account_code=code, debit=amount, contact_id=contact_id)


def credit(code: str, amount: Decimal, contact_id: UUID | None = None) -> EntryLine:
    """A line on the credit side."""
    return EntryLine(ledger_account_code=code, credit=amount, contact_id=contact_id)


def without_zeros(*lines: EntryLine) -> tuple[EntryLine, ...]:
    """This will leave out what is zero; an amount below zero changes sides."""
    kept = []
    for line in lines:
        signed = line.debit - line.credit
        if not signed:
            continue
        make = debit if signed > 0 else credit
        kept.append(make(line.ledger_account_code, abs(signed), line.contact_id))
    return tuple(kept)
