"""Row sets of a statement: where a viewer's reach is joined, and where rows below inherit it.

A *domain* is a set of rows of one company under one reach row. A root field opens a domain by joining `reach`; joins
inside the same company inherit it, so a grant is looked up once per row of the root, whatever hangs below.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, Uuid, and_, exists, false, select

from gateway.planner.bindings import Bindings, TypeBinding
from gateway.planner.parameters import Arguments, Parameters
from gateway.planner.visibility import (
    REACH_NAMES,
    granted,
    has_books,
    mark,
    no_reach,
    reach_columns,
    row_rule,
    subject_granted,
)
from services.access.guard import Guard
from services.access.interface import reach_table
from services.access.policy import Role
from services.kit import reads


@dataclass(frozen=True, slots=True)
class Level:
    """Where compiling stands: the row in hand, its reach, what is proven for its company, the path of the answer.

    `rows_at_most` is how many such rows the whole answer may hold; `own` are the tables that the rows come from.
    """

    type: TypeBinding
    row: FromClause
    ask: reads.Ask
    proven: frozenset[Guard]
    path: tuple[str, ...]
    rows_at_most: int
    own: tuple[FromClause, ...] = ()


@dataclass(slots=True)
class Domains:
    """The row sets of one statement for one role. `cost` counts the rows they may give."""

    bindings: Bindings
    role: Role | None
    parameters: Parameters
    cost: int = 0
    _aliases: int = 0

    def alias(self, letter: str) -> str:
        """A name that no other row set of the statement has."""
        self._aliases += 1
        return f"#{letter}{self._aliases}"

    def open(
        self, target: TypeBinding, path: tuple[str, ...], arguments: Arguments | None, rows_at_most: int
    ) -> tuple[Level, Select[Any]]:
        """This will open a domain: the rows of a type joined with the viewer's reach, as far as the viewer may see."""
        source, guard = _declared(target)
        row = _named(source.table, self.alias("t"))
        own: tuple[FromClause, ...] = (row,)
        if source.company is None:
            ask = self.parameters.ask(no_reach(), arguments, self.sees)
            statement = select(row)
        else:
            reach = _named(reach_table(), self.alias("r"))
            ask = self.parameters.ask(reach_columns(reach), arguments, self.sees)
            own = (row, reach)
            carried = [getattr(ask.reach, name).label(f"#{name}") for name in REACH_NAMES]
            statement = (
                select(row, *carried)
                .select_from(row, reach)
                .where(reach.c.company_id == row.c[source.company])
                .where(reach.c.viewer_id == ask.viewer, granted(guard, ask))
            )
        self.cost += rows_at_most
        level = Level(target, row, ask, frozenset({guard}), path, rows_at_most, own)
        return level, self._ruled(statement, source, level, guard)

    def below(
        self, level: Level, target: TypeBinding, join: reads.Join, rows_at_most: int
    ) -> tuple[Level, Select[Any]]:
        """Rows below a row: in the same company they inherit its reach, elsewhere they open a domain of their own."""
        source, guard = _declared(target)
        if source.company is not None and not join.same_company:
            return self.open(target, level.path, None, rows_at_most)
        row = _named(source.table, self.alias("t"))
        statement = select(row)
        if source.company is not None:
            statement = statement.where(row.c[source.company] == level.ask.reach.company)
        self.cost += rows_at_most
        made = replace(level, type=target, row=row, rows_at_most=rows_at_most, own=(row,))
        return made, self._ruled(statement, source, made, guard)

    def refusal(
        self, target: TypeBinding, arguments: Arguments | None, place: int
    ) -> ColumnElement[Any] | None:
        """Why a list is refused, as a value that is null where it is not.

        It is refused where the viewer reaches the company that the argument names (or, without one, some company), but
        was granted what the rows need in none of them. A company out of reach is no reason: its list is empty, as that
        of a company which never existed.
        """
        source, guard = _declared(target)
        if source.company is None or guard.scope is None:
            return None
        here, there = (_named(reach_table(), self.alias("r")) for _ in range(2))
        asked = {
            reach: self.parameters.ask(reach_columns(reach), arguments, self.sees) for reach in (here, there)
        }
        found = {reach: [reach.c.viewer_id == ask.viewer] for reach, ask in asked.items()}
        if arguments is not None and arguments.at(("companyId",)) is not None:
            company = self.parameters.bound(arguments, ("companyId",), sql_type=Uuid())
            for reach, conditions in found.items():
                conditions.append(reach.c.company_id == company)
        else:  # A colleague without clients reaches the firm alone, whose own books are no reason to refuse a list.
            found[here].append(has_books(asked[here].reach))
        allowed = select(there.c.company_id).where(*found[there], granted(guard, asked[there]))
        refused = select(mark(guard, asked[here], place)).where(*found[here], ~exists(allowed)).limit(1)
        return refused.scalar_subquery()

    def cut(self, level: Level, statement: Select[Any]) -> Level:
        """This will make the statement a subquery: rows are cut first, JSON is made of what is left."""
        rows = statement.subquery(self.alias("p"))
        if "#company" not in rows.c:
            return replace(level, row=rows)
        carried = reads.ReachColumns(**{name: rows.c[f"#{name}"] for name in REACH_NAMES})
        return replace(level, row=rows, ask=replace(level.ask, reach=carried))

    def sees(self, source: reads.Source, row: FromClause, ask: reads.Ask) -> ColumnElement[Any]:
        """Whether the viewer may see a row of a source in the company of a reach row, as a list of its type decides."""
        guard = self.bindings.guard_of(source)
        if not guard.allows(self.role):
            return false()
        return and_(granted(guard, ask), *self._rules(source, guard, row, ask))

    def _ruled(self, statement: Select[Any], source: reads.Source, level: Level, guard: Guard) -> Select[Any]:
        return statement.where(*self._rules(source, guard, level.row, level.ask))

    def _rules(
        self, source: reads.Source, guard: Guard, row: FromClause, ask: reads.Ask
    ) -> Iterator[ColumnElement[Any]]:
        """What a source and the role ask of a row beyond the grant."""
        if source.where is not None:
            yield source.where(row)
        if source.held is not None:
            yield source.held(row, ask)
        if source.subject is not None:
            yield subject_granted(row.c[source.subject], self.role, ask)
        rule = self.bindings.row_rule(self.role, guard) if source.company is not None else None
        condition = row_rule(source, rule, row, ask)
        if condition is not None:
            yield condition


@lru_cache(maxsize=1_000)
def _named(table: FromClause, name: str) -> FromClause:
    """A table under a name. Kept for the next statement: making its columns is a tenth of compiling a plan."""
    return table.alias(name)


def _declared(target: TypeBinding) -> tuple[reads.Source, Guard]:
    """The source and guard of a type; the start-up check lets no field join a type without them."""
    assert target.reads is not None
    assert target.reads.source is not None
    return target.reads.source, target.reads.guard
