"""What posted lines add up to per account: one pass over the lines of one company, whatever a report asks of it.

Amounts are of the currency of the books; a balance is debit less credit.
"""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import (
    Boolean,
    Numeric,
    Text,
    Uuid,
    and_,
    case,
    column,
    exists,
    func,
    literal_column,
    not_,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSON

from services.journal.interface import journal_entry_table, journal_line_table, ledger_account_table
from services.kit.reads import Expression, Row

MONEY = Numeric(18, 2)
NOTHING: Any = literal_column("0", MONEY)

REGULARISATION, CLOSING, MIRROR, START = "REGULARISATION", "CLOSING", "MIRROR", "START"
"""What an entry at the end or the beginning of a year is to reports. MIRROR: the opening that undoes a closing; START:
an opening that mirrors nothing, with the balances a company came with."""

_SOURCES = (REGULARISATION, CLOSING, "OPENING")
SETTLEMENT = "TAX_SETTLEMENT"
"""What puts the VAT of a period from its sub-accounts into what is owed or comes back."""

_account: Any = ledger_account_table()
_entry: Any = journal_entry_table()
_line: Any = journal_line_table()


def with_turn(period: Any) -> Any:
    """A period with the posted entries at the turn of any year, `turn_ids`, and what each is, `turn_kinds`.

    A reversal is what it reverses. There are a few per year, so they are looked up once for the whole report. None
    where the period asks for the ledger as it stands.
    """
    own, reversal, closing = (_entry.alias(name) for name in ("own", "reversal", "closing"))
    is_mirror = exists(
        select(closing.c.id)
        .where(
            closing.c.company_id == own.c.company_id,
            closing.c.source == CLOSING,
            closing.c.state == "POSTED",
            closing.c.fiscal_year < own.c.fiscal_year,
        )
        .correlate(own)
    )
    kind = case(
        (own.c.source != "OPENING", own.c.source),
        (is_mirror, literal_column(f"'{MIRROR}'", Text)),
        else_=literal_column(f"'{START}'", Text),
    )
    counted = and_(
        own.c.company_id == period.c.company_id,
        own.c.source.in_(_SOURCES),
        own.c.state == "POSTED",
        not_(period.c.closings),
    )
    direct = select(own.c.id, kind.label("kind")).where(counted).correlate(period)
    undone = (
        select(reversal.c.id, kind.label("kind"))
        .select_from(reversal.join(own, reversal.c.reverses_id == own.c.id))
        .where(counted, reversal.c.state == "POSTED", reversal.c.source.not_in(_SOURCES))
        .correlate(period)
    )
    turn = direct.union_all(undone).subquery("turn")
    gathered = select(
        func.array_agg(turn.c.id, type_=ARRAY(Uuid)).label("turn_ids"),
        func.array_agg(turn.c.kind, type_=ARRAY(Text)).label("turn_kinds"),
    ).lateral("gathered")
    return select(period, gathered).select_from(period.join(gathered, literal_column("true", Boolean)))


def turn_of_year(period: Row) -> Any:
    """What `with_turn` found, as rows of `id` and `kind`."""
    return (
        func.unnest(period.c.turn_ids, period.c.turn_kinds)
        .table_valued(column("id", Uuid), column("kind", Text))
        .render_derived(name="turn")
    )


def is_draft(line: Row) -> Expression:
    """Whether the line belongs to a draft. There are few drafts, so none of the many entries is looked up."""
    draft = _entry.alias("draft")
    return exists(
        select(draft.c.id)
        .where(draft.c.id == line.c.entry_id, draft.c.company_id == line.c.company_id)
        .where(draft.c.state == "DRAFT")
        .correlate(line)
    )


class Kept:
    """Which lines count for what, as conditions over a line and the kind of its entry."""

    def __init__(self, line: Row, kind: Expression, period: Row) -> None:
        """This will only remember."""
        self._line, self._day, self._kind, self._period = line, line.c.entry_on, kind, period

    def movement(self, first: Expression, last: Expression) -> Expression:
        """Movements of these days: entries at the turn of a year are none."""
        return and_(self._kind.is_(None), self._day >= first, self._day <= last)

    def traded(self, first: Expression, last: Expression) -> Expression:
        """Movements of these days without the entries that settle VAT, and those that reverse one."""
        entry, undone = _entry.alias("settling"), _entry.alias("settled")
        settles = (
            select(entry.c.id)
            .select_from(entry.outerjoin(undone, undone.c.id == entry.c.reverses_id))
            .where(
                entry.c.company_id == self._period.c.company_id,
                entry.c.entry_on >= first,
                entry.c.entry_on <= last,
                or_(entry.c.source == SETTLEMENT, undone.c.source == SETTLEMENT),
            )
            .correlate(self._period)
        )
        return and_(self.movement(first, last), self._line.c.entry_id.not_in(settles))

    def opening(self) -> Expression:
        """What the period begins with: all before it, and the balances that a company came with."""
        before = or_(self._kind.is_(None), self._kind == REGULARISATION)
        return or_(and_(before, self._day < self._period.c.from_on), self._kind == START)

    def before(self, day: Expression) -> Expression:
        """What stood before a day: what ends with the day before, and what a company came with by the day itself."""
        return or_(self.standing(day - 1), and_(self._kind == START, self._day <= day))

    def standing(self, day: Expression) -> Expression:
        """What stands at the end of a day: a closing and its mirror cancel out and are left away."""
        stays = or_(self._kind.is_(None), self._kind.in_((REGULARISATION, START)))
        return and_(stays, self._day <= day)

    def result(self, first: Expression, last: Expression) -> Expression:
        """What makes the result of these days: movements, and the result a company came with during them."""
        return and_(or_(self._kind.is_(None), self._kind == START), self._day >= first, self._day <= last)


Wanted = Callable[[Kept, Row], Expression]
"""Which lines a column adds up, given the period."""


def account_sums(period: Row, columns: Mapping[str, tuple[str, Wanted]], *, until: Any = None) -> Any:
    """Per account that has lines: `code`, `name`, and for each of `columns` a sum of `debit`, `credit` or `balance`.

    Lines after `until` (the last day of the period unless said) are not read. Accounts where every column is nothing
    are left out.
    """
    line, turn = _line.alias("line"), turn_of_year(period)
    kept = Kept(line, turn.c.kind, period)
    amounts = {"debit": line.c.debit, "credit": line.c.credit, "balance": line.c.debit - line.c.credit}
    summed = (
        select(
            line.c.ledger_account_id,
            *(
                func.coalesce(func.sum(amounts[side]).filter(wanted(kept, period)), NOTHING).label(name)
                for name, (side, wanted) in columns.items()
            ),
        )
        .select_from(line.outerjoin(turn, turn.c.id == line.c.entry_id))
        .where(
            line.c.company_id == period.c.company_id,
            line.c.entry_on <= (period.c.to_on if until is None else until),
            not_(is_draft(line)),
        )
        .group_by(line.c.ledger_account_id)
        .correlate(period)
        .subquery("summed")
    )
    kept_columns = [summed.c[name] for name in columns]
    return (
        select(_account.c.id, _account.c.code, _account.c.name, *kept_columns)
        .select_from(summed.join(_account, _account.c.id == summed.c.ledger_account_id))
        .where(or_(*(found != NOTHING for found in kept_columns)))
        .subquery("sums")
    )


def kept_as_json(sums: Any) -> Any:
    """All rows of `account_sums` as one JSON value, so that several parts of a report read one pass."""
    parts: list[Any] = []
    for found in sums.c:
        parts += [literal_column(f"'{found.name}'"), found]
    made = func.json_agg(func.json_build_object(*parts))
    return select(func.coalesce(made, literal_column("'[]'::json", JSON))).select_from(sums).scalar_subquery()


def read_back(kept: Any, columns: Mapping[str, Any], name: str) -> Any:
    """The rows that `kept_as_json` kept: id, code and name of each account, and its sums."""
    known: dict[str, Any] = {"id": Uuid, "code": Text, "name": Text, **dict.fromkeys(columns, MONEY)}
    listed = (column(key, kind) for key, kind in known.items())
    return func.json_to_recordset(kept).table_valued(*listed).render_derived(name=name, with_types=True)
