"""Templates that people make: an entry whose amounts are variables, percentages of them, or what is left to balance."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from services.journal.rules.assistants.parameters import ValueMissing, amount_of
from services.journal.rules.entries import EntryLine
from services.kit.errors import Refused
from services.kit.money import ZERO, to_cents, total

VARIABLE_LENGTH_MAX = 40
LINES_MIN = 2
LINES_MAX = 50
PERCENT_MAX = Decimal(1000)


class Side(StrEnum):
    """Where a line stands."""

    DEBIT = "DEBIT"
    CREDIT = "CREDIT"


class Basis(StrEnum):
    """AMOUNT: the variable as given. PERCENT: that part of the variable. REST: what balances the entry."""

    AMOUNT = "AMOUNT"
    PERCENT = "PERCENT"
    REST = "REST"


@dataclass(frozen=True, kw_only=True)
class TemplateLine:
    """One line of a template. `side` of a REST line is where it usually stands; the balance decides."""

    account_code: str
    side: Side
    basis: Basis
    variable: str = ""
    percent: Decimal | None = None
    contact_id: UUID | None = None
    text: str = ""


class TemplateWrong(Refused):
    """A template that could never give a balanced entry, with what to do about it."""

    code = "TEMPLATE_WRONG"
    sentence = (
        "Line {position} of the template is not complete: a name for the amount, and a part above zero."
    )


class TemplateNeedsRest(Refused):
    """Exactly one line takes what is left, so that any values give a balanced entry."""

    code = "TEMPLATE_NEEDS_REST"
    sentence = "A template has 2 to {most} lines, and exactly one of them takes the rest."


def check_template(lines: Sequence[TemplateLine]) -> None:
    """This will refuse a template without exactly one line for the rest, or with a line that says no amount.

    Raises TemplateNeedsRest, TemplateWrong.
    """
    if not LINES_MIN <= len(lines) <= LINES_MAX or sum(line.basis is Basis.REST for line in lines) != 1:
        raise TemplateNeedsRest(most=LINES_MAX, path=("lines",))
    for position, line in enumerate(lines, start=1):
        named = 1 <= len(line.variable) <= VARIABLE_LENGTH_MAX
        parted = line.percent is not None and ZERO < line.percent <= PERCENT_MAX
        if (line.basis is not Basis.REST and not named) or (line.basis is Basis.PERCENT and not parted):
            raise TemplateWrong(position=position, path=("lines", str(position - 1)))


def variables_of(lines: Sequence[TemplateLine]) -> tuple[str, ...]:
    """The names of the amounts a template asks for, in the order of its lines."""
    return tuple(dict.fromkeys(line.variable for line in lines if line.basis is not Basis.REST))


def fill(lines: Sequence[TemplateLine], texts: Mapping[str, str]) -> tuple[EntryLine, ...]:
    """This will make balanced lines of a template and values; what comes out as zero has no line.

    Raises ValueMissing, ValueWrong.
    """
    values = {name: _value(name, texts) for name in variables_of(lines)}
    amounts = [_amount(line, values) for line in lines]
    signed = [
        amount if line.side is Side.DEBIT else -amount for line, amount in zip(lines, amounts, strict=True)
    ]
    rest = -total(signed)
    filled = []
    for line, amount in zip(lines, signed, strict=True):
        moved = rest if line.basis is Basis.REST else amount
        if moved:
            filled.append(_line(line, moved))
    return tuple(filled)


def _value(name: str, texts: Mapping[str, str]) -> Decimal:
    text = texts.get(name, "").strip()
    if not text:
        raise ValueMissing(name=name, path=("values", name))
    return amount_of(name, text)


def _amount(line: TemplateLine, values: Mapping[str, Decimal]) -> Decimal:
    if line.basis is Basis.REST:
        return ZERO
    value = values[line.variable]
    return value if line.percent is None else to_cents(value * line.percent / 100)


def _line(line: TemplateLine, signed: Decimal) -> EntryLine:
    return EntryLine(
        ledger_account_code=line.account_code,
        debit=max(signed, ZERO),
        credit=max(-signed, ZERO),
        contact_id=line.contact_id,
        text=line.text,
    )
