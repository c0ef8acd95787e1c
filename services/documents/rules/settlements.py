"""What a payment or an offset does to the ledger, in the currency of the books."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from services.documents.rules.posting import PostingLine
from services.kit.money import ZERO, total

EXCHANGE_LOSS, EXCHANGE_GAIN = "668", "768"
PAYMENT, OFFSET = "PAYMENT", "OFFSET"
"""Sources of the entries of what is entered by hand, and undone where it was entered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleared:
    """So much of what stands on a third party's account. `booked` has the sign of the document."""

    account_code: str
    booked: Decimal
    contact_id: UUID | None


def clearing_lines(
    cleared: Sequence[Cleared],
    *,
    is_sale: bool,
    money: tuple[str, Decimal] | None = None,
    text: str = "",
) -> tuple[PostingLine, ...]:
    """This will give the lines that take amounts off third parties' accounts, none where nothing moves.

    `money` is (account, what came in or went out), with the sign of the documents; None sets documents off against
    each other. What the other side paid more or less than was booked is an exchange difference, 668 or 768 (rule 29).
    """
    sign = 1 if is_sale else -1
    signed: dict[tuple[str, UUID | None], Decimal] = {}
    if money is not None:
        signed[money[0], None] = sign * money[1]
    for one in cleared:
        key = (one.account_code, one.contact_id)
        signed[key] = signed.get(key, ZERO) - sign * one.booked
    difference = -total(signed.values())
    if difference:
        signed[EXCHANGE_LOSS if difference > 0 else EXCHANGE_GAIN, None] = difference
    lines = [
        PostingLine(
            ledger_account_code=code,
            debit=max(amount, ZERO),
            credit=max(-amount, ZERO),
            contact_id=contact_id,
            text=text,
        )
        for (code, contact_id), amount in signed.items()
        if amount
    ]
    return tuple(sorted(lines, key=lambda line: not line.debit))
