"""The entry that clears the VAT accounts of a period: D 477, C 472, the rest to 4750 or 4700."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import func, literal, select

from services.access.interface import Act
from services.journal.interface import (
    EntryLineDraft,
    journal_entry_table,
    journal_line_table,
    ledger_account_table,
    post_entry,
)
from services.kit.db import table_of
from services.kit.money import ZERO, total
from services.taxes.actions.refusals import ChecksFail
from services.taxes.drafts import boxes_of
from services.taxes.models import TaxReturn
from services.taxes.queries.ledger import moved_by_tax_day
from services.taxes.rules.corrections import ReturnKind
from services.taxes.rules.models import TaxPeriod

SOURCE = "TAX_SETTLEMENT"
_return: Any = table_of(TaxReturn)
_entry: Any = journal_entry_table()
_line: Any = journal_line_table()
_account: Any = ledger_account_table()


async def post_settlement(act: Act, kept: TaxReturn, period: TaxPeriod, *, filed_on: date) -> UUID | None:
    """This will clear every sub-account of 477 and 472 of the period; None where nothing moved.

    What was applied of earlier periods (box 78) leaves 4700, what is owed goes to 4750, what the state owes to 4700. A
    correction clears what the entries of earlier returns left, on the day of filing, since its period is locked:
    4750 takes what it leaves to pay, 4700 all else. What an entry by hand cleared in the period is not
    cleared again. Raises ChecksFail where the accounts say otherwise than the return.
    """
    moved = await _movements(act, kept.company_id, period)
    boxes = boxes_of(kept.boxes)
    for heading, ours in (("477", boxes["27"]), ("472", -boxes["45"])):
        theirs = -total(amount for code, amount in moved if code.startswith(heading))
        if theirs != ours:
            raise ChecksFail(ours=abs(ours), theirs=abs(theirs))
    corrects = kept.kind != ReturnKind.ORIGINAL
    if corrects:
        moved = await _not_cleared(act, kept, moved, period)
        lines = [_line_of(code, -amount, "") for code, amount in moved if amount]
        owed = max(boxes["71"], ZERO)
        rest = total(line.debit - line.credit for line in lines) - owed
        lines += [_line_of(code, -amount, "") for code, amount in (("4750", owed), ("4700", rest)) if amount]
    else:
        left_over = await _not_cleared(act, kept, moved, period)
        lines = [_line_of(code, -amount, "") for code, amount in left_over if amount]
        # An entry by hand used what was carried with the VAT it cleared.
        lines += [_line_of("4700", -boxes["78"], "")] if boxes["78"] and left_over == sorted(moved) else []
        left = total(line.debit - line.credit for line in lines)
        if left:
            lines.append(_line_of("4750" if left > ZERO else "4700", -left, ""))
    if not lines:
        return None
    return await post_entry(
        act,
        company_id=kept.company_id,
        entry_on=filed_on if corrects else period.ends_on,
        text=f"303 {period.code} {period.year}",
        lines=lines,
        source=SOURCE,
        source_id=kept.id,
    )


def _line_of(code: str, amount: Decimal, text: str) -> EntryLineDraft:
    """A line by its sign: a debit above zero."""
    return EntryLineDraft(account_code=code, debit=max(amount, ZERO), credit=max(-amount, ZERO), text=text)


async def _not_cleared(
    act: Act, kept: TaxReturn, moved: list[tuple[str, Decimal]], period: TaxPeriod
) -> list[tuple[str, Decimal]]:
    """What the movements leave of each sub-account after what cleared the period already, in the order of codes.

    That is the entries of its earlier returns, and those by hand on days of the period; less what was reversed of them.
    """
    earlier = select(_return.c.settlement_entry_id).where(
        _return.c.company_id == kept.company_id,
        _return.c.model == kept.model,
        _return.c.year == kept.year,
        _return.c.period == kept.period,
        _return.c.settlement_entry_id.is_not(None),
    )
    cleared = select(_entry.c.id).where(
        _entry.c.company_id == kept.company_id,
        _entry.c.source == SOURCE,
        _entry.c.id.in_(earlier)
        | (_entry.c.source_id.is_(None) & _entry.c.entry_on.between(period.starts_on, period.ends_on)),
    )
    rows = await act.session.execute(
        select(_account.c.code, func.sum(_line.c.debit - _line.c.credit))
        .select_from(
            _line.join(_entry, _entry.c.id == _line.c.entry_id).join(
                _account, _account.c.id == _line.c.ledger_account_id
            )
        )
        .where(
            _entry.c.id.in_(cleared) | _entry.c.reverses_id.in_(cleared),
            _entry.c.company_id == kept.company_id,
            _entry.c.state == "POSTED",
            _account.c.code.like("477%") | _account.c.code.like("472%"),
        )
        .group_by(_account.c.code)
    )
    left = dict(moved)
    for code, amount in rows.all():
        left[code] = left.get(code, ZERO) + amount
    return sorted(left.items())


async def _movements(act: Act, company_id: UUID, period: TaxPeriod) -> list[tuple[str, Decimal]]:
    """Debit less credit of each VAT sub-account in the period, by the days that decide it."""
    moved = moved_by_tax_day(
        literal(company_id), literal(period.starts_on), literal(period.ends_on + timedelta(days=1))
    )
    rows = await act.session.execute(
        select(_account.c.code, func.sum(moved.c.debit - moved.c.credit))
        .select_from(moved.join(_account, _account.c.id == moved.c.ledger_account_id))
        .where(
            _account.c.company_id == company_id,
            _account.c.code.like("477%") | _account.c.code.like("472%"),
        )
        .group_by(_account.c.code)
        .order_by(_account.c.code)
    )
    return [(code, amount) for code, amount in rows.all()]
