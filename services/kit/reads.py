"""How a field says where it comes from. The declarations are data; `gateway.planner` turns them into one statement.

    column()   the column of its name                     expr(f)    an SQL expression over the row
    one(join)  one row of another type                    part()     an object whose fields read the same row
    many(join) several rows of another type, capped       python(f)  computed from named columns of the row
    rows / connection / single   a field of Query: a capped list, a page by key, one row by id

A source function receives the aliased row (SQLAlchemy FromClause) and `ask`, the parameters that every statement has.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, FromClause, Select

Row: TypeAlias = FromClause
Expression: TypeAlias = ColumnElement[Any]


@dataclass(frozen=True, slots=True)
class ReachColumns:
    """The columns of the reach row under which a row was found (see `services.access.models.Reach`).

    `contacts` is an array: the contact of a portal viewer and the cards merged into it, whose papers are its papers.
    """

    company: Expression
    contact: Expression
    contacts: Expression
    view: Expression
    edit: Expression
    approve: Expression
    share: Expression
    plan: Expression
    live_until: Expression


@dataclass(frozen=True, slots=True)
class Ask:
    """What every statement knows: bind parameters of the viewer and the clock, and the reach row of the company.

    `now` is an instant; `today` is the viewer's calendar day in the IANA time zone `zone`. `argument` gives an argument
    of the field as a bind parameter, or None where the caller gave none. `sees` is whether the viewer may see a row of
    another source in the company of the reach row, as its own list would show it. `role` is the name of the viewer's
    role, for which the statement is compiled; None for nobody.
    """

    viewer: Expression
    now: Expression
    today: Expression
    zone: Expression
    reach: ReachColumns
    argument: Callable[[str], Any]
    sees: Callable[["Source", Row, "Ask"], Expression]
    role: str | None = None


Order: TypeAlias = Callable[[Row], tuple[Expression, ...]]
"""The columns that a list is ordered by."""

Where: TypeAlias = Callable[[Row, Mapping[str, Any], Ask], Expression]
"""Which row a field of Query finds, from its arguments."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where the rows of a type live.

    `table` is a table or a select; `company` names the column of the owning company, None for rows that are reached
    only through a parent. `where` belongs to the type itself (a kind of document). `portal` and `own` are the row
    rules for portal contacts and for employees with the mark `own`; a role that needs a rule and has none sees nothing.
    `held` is for rows that belong to a viewer and not to a company: which of them are this viewer's.
    `subject` names the column with the scope (its bit) that a row is about, where rows of one type are about many: it
    must be within reach as well.
    """

    table: FromClause
    company: str | None = "company_id"
    where: Callable[[Row], Expression] | None = None
    portal: Callable[[Row, Ask], Expression] | None = None
    own: Callable[[Row, Ask], Expression] | None = None
    held: Callable[[Row, Ask], Expression] | None = None
    subject: str | None = None


@dataclass(frozen=True, slots=True)
class Join:
    """How rows of another type hang on a row. `on(parent, child)`; both rows belong to the same company unless said.

    `cap` bounds the rows of a list; `expected` is how many it usually has, for the cost of an operation.
    """

    on: Callable[[Row, Row], Expression]
    order: Order | None = None
    cap: int = 1000
    expected: int = 10
    same_company: bool = True


@dataclass(frozen=True, slots=True)
class Filter:
    """One key of a filter argument. `where(row, value, ask)`; `reads` names the fields whose values it reveals.

    `prepare` turns the caller's value into what is bound. A `flag` is decided while compiling: `where` then gets the
    Python value (bool or enum name) and may return None for "no condition". One that is `dear`, such as a search for
    part of a word, is asked once for a page and its total together.
    """

    where: Callable[[Row, Any, Ask], Expression | None]
    reads: tuple[str, ...]
    prepare: Callable[[Any], Any] | None = None
    flag: bool = False
    dear: bool = False


@dataclass(frozen=True, slots=True)
class Sort:
    """One order of a list: a key that is never null, its direction, and the field it reveals. Ties break by id."""

    key: Callable[[Row], Expression]
    reads: str
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """The declared arguments of a list: filters by argument path, orders by enum name, the hard cap of a page."""

    filters: Mapping[str, Filter] = field(default_factory=dict)
    sorts: Mapping[str, Sort] = field(default_factory=dict)
    first_max: int = 200


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the row: that of the field's own name, or `name`."""

    name: str | None = None


@dataclass(frozen=True, slots=True)
class Expr:
    """`places` is how many decimals a Money expression shows; a column shows what it stores."""

    source: Callable[[Row, Ask], Expression]
    nullable: bool = True
    places: int = 2


@dataclass(frozen=True, slots=True)
class One:
    """One row of another type. `nullable=False` promises that the join always finds it."""

    join: Join
    nullable: bool = True


@dataclass(frozen=True, slots=True)
class Many:
    """Several rows of another type, at most `join.cap`."""

    join: Join


@dataclass(frozen=True, slots=True)
class Derived:
    """Rows made by a select over the parent row: its columns are the fields of the type.

    On a field that is no list the select gives one row at most; none is null.
    """

    select: Callable[[Row, Ask], Select[Any]]


@dataclass(frozen=True, slots=True)
class Part:
    """An object whose fields are read from the same row."""


@dataclass(frozen=True, slots=True)
class Python:
    """Computed in Python from columns of the row, for what SQL cannot reach (signed links, translated sentences)."""

    needs: tuple[str, ...]
    compute: Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Single:
    """A field of Query: one row; `where(row, values, ask)` is added to what the viewer may see."""

    where: Where


@dataclass(frozen=True, slots=True)
class ListRoot:
    """A field of Query: a capped list without pages."""

    listing: Listing
    order: Order


@dataclass(frozen=True, slots=True)
class ConnectionRoot:
    """A field of Query: a page by key of the rows the viewer may see."""

    listing: Listing


@dataclass(frozen=True, slots=True)
class Touched:
    """A field of a payload: the rows whose ids the mutation gave, read after its commit."""


Read: TypeAlias = (
    Column | Expr | One | Many | Derived | Part | Python | Single | ListRoot | ConnectionRoot | Touched
)
