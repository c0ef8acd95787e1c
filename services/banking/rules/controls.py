"""Does a statement agree with itself, and with the one before it? Each failed control gives both numbers."""

from datetime import date
from decimal import Decimal

from services.banking.rules.statements import Side, Statement, StatementWarning, WarningCode
from services.kit.money import total


def check_controls(statement: Statement) -> tuple[StatementWarning, ...]:
    """This will compare what the bank states with what the movements give; nothing failed gives no warning.

    Opening balance + credits - debits = closing balance, and the count and total of each side. A control that
    the file does not state is not checked. A movement of zero counts on the side the bank gave it.
    """
    debits = [movement for movement in statement.movements if movement.side is Side.DEBIT]
    credits_ = [movement for movement in statement.movements if movement.side is Side.CREDIT]
    debit_total = -total(movement.amount for movement in debits)
    credit_total = total(movement.amount for movement in credits_)

    pairs: list[tuple[WarningCode, Decimal | int | None, Decimal | int]] = []
    if stated := statement.control_totals:
        pairs = [
            (WarningCode.DEBIT_COUNT_WRONG, stated.debit_count, len(debits)),
            (WarningCode.DEBIT_TOTAL_WRONG, stated.debit_total, debit_total),
            (WarningCode.CREDIT_COUNT_WRONG, stated.credit_count, len(credits_)),
            (WarningCode.CREDIT_TOTAL_WRONG, stated.credit_total, credit_total),
        ]
    closing = statement.opening_balance + credit_total - debit_total
    pairs.append((WarningCode.CLOSING_BALANCE_WRONG, statement.closing_balance, closing))
    return tuple(
        StatementWarning(code, {"stated": str(stated_one), "computed": str(computed)})
        for code, stated_one, computed in pairs
        if stated_one is not None and stated_one != computed
    )


def check_continuity(
    statement: Statement, *, previous_last_on: date, previous_closing: Decimal | None
) -> tuple[StatementWarning, ...]:
    """This will compare a statement with the one before it of the same bank account and currency.

    Days that both cover give an overlap. Without one, an opening balance other than the previous closing
    balance gives a gap; equal balances over missing days mean days without movements and give nothing. A
    previous statement without a closing balance proves no gap.
    """
    days = {"previous_last_on": previous_last_on.isoformat(), "first_on": statement.first_on.isoformat()}
    if statement.first_on <= previous_last_on:
        return (StatementWarning(WarningCode.STATEMENT_OVERLAP, days),)
    if previous_closing is None or previous_closing == statement.opening_balance:
        return ()
    balances = {"previous_closing": str(previous_closing), "opening": str(statement.opening_balance)}
    return (StatementWarning(WarningCode.STATEMENT_GAP, {**days, **balances}),)
