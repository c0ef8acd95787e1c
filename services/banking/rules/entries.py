"""The amounts of a reconciliation's entry, debit less credit, in the currency of the books."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from services.kit.money import to_cents, total

EXCHANGE_LOSS, EXCHANGE_GAIN = "668", "768"


@dataclass(frozen=True, slots=True)
class Account:
    """Where an amount goes: code, whose it is, and the number of the document it is about ("" for none)."""

    code: str
    contact_id: UUID | None = None
    number: str = ""


def entry_amounts(
    bank_code: str,
    money: Sequence[Decimal],
    cleared: Sequence[tuple[Account, Decimal]],
    parts: Sequence[tuple[Account, Decimal]],
    *,
    rate: Decimal,
    is_in: bool,
) -> list[tuple[Account, Decimal]]:
    """This will give the lines of an entry, the bank first where money comes in and last where it goes out.

    `money` is what the documents take of the line and `parts` what goes to accounts, both in the line's currency and
    positive for money in; `cleared` is what leaves the third parties' accounts, debit less credit, in the currency of
    the books. `rate` turns the one into the other. What is left is the exchange difference, 668 or 768 (rule 29):
    nothing where all is in the currency of the books.
    """
    bank = (Account(bank_code), to_cents((total(money) + total(amount for _, amount in parts)) * rate))
    coded = [(account, to_cents(-amount * rate)) for account, amount in parts]
    others = [(account, amount) for account, amount in (*cleared, *coded) if amount]
    difference = -total(amount for _, amount in (bank, *others))
    if difference:
        others.append((Account(EXCHANGE_LOSS if difference > 0 else EXCHANGE_GAIN), difference))
    lines = [bank, *others] if is_in else [*others, bank]
    return [(account, amount) for account, amount in lines if amount]
