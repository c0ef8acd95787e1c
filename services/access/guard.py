"""Guards and read declarations as they stand on Strawberry types.

    @node(queries.CONTACT, Guard(Scope.CONTACTS))
    class Contact:
        "Entry of a company's contact book."
        name: str = column("Business name as it prints on documents.")

A type's guard holds for its fields unless a field names its own. A field with neither stops the start. The guard is
visible in the SDL as @access(scope, action).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar, dataclass_transform, get_type_hints
from uuid import UUID

import strawberry
from strawberry.schema_directive import Location
from strawberry.types.field import StrawberryField

from services.access.policy import Action, Role, Scope, role_allows
from services.kit import reads
from services.kit.errors import Refused, Unauthenticated

# The policy knows no GraphQL; from here on its enums stand in schema files as they are.
strawberry.enum(Scope, name="Scope", description="A module of a company's life that can be granted.")
strawberry.enum(Action, name="Action", description="What may be done with a scope.")
strawberry.enum(Role, name="Role", description="Who a viewer is at the company it acts for.")


@strawberry.schema_directive(
    locations=[Location.FIELD_DEFINITION],
    name="access",
    description="Who may use the field: the scope and action that must be granted in the company that owns the row. "
    "Without arguments: open to any viewer.",
)
class Access:
    """The guard of a field as the SDL shows it."""

    scope: Scope | None = strawberry.UNSET
    action: Action | None = strawberry.UNSET


@dataclass(frozen=True, slots=True)
class Guard:
    """What a viewer needs: `action` on `scope`; `roles` narrows further. `scope` None: open to any viewer.

    `anonymous` also lets in who has not signed in (branding of a sign-in page).
    """

    scope: Scope | None
    action: Action = Action.VIEW
    roles: frozenset[Role] | None = None
    anonymous: bool = False

    def allows(self, role: Role | None) -> bool:
        """Whether the role may ever pass, whatever a company granted. None is who has not signed in."""
        if role is None:
            return self.anonymous
        if self.roles is not None and role not in self.roles:
            return False
        return self.scope is None or role_allows(role, self.scope, self.action)

    def directive(self) -> Access:
        """The guard as the SDL shows it."""
        if self.scope is None:
            return Access()
        return Access(scope=self.scope, action=self.action)


OPEN = Guard(None)
"""Open to any viewer who has signed in."""


@dataclass(frozen=True, slots=True)
class TypeReads:
    """What a type declares: its source (None for parts and derived rows) and the guard of its fields."""

    source: reads.Source | None
    guard: Guard


T = TypeVar("T", bound=type)
Row = TypeVar("Row")

if TYPE_CHECKING:
    # What a mutation gives to a `touched` field: the ids that are read after its commit.
    Touched: TypeAlias = Row | UUID | Sequence[UUID] | None
else:
    # What callers see in its place.
    Touched = Row | None

READ = "atrio.read"
GUARD = "atrio.guard"
CAP = "atrio.cap"


@dataclass_transform(kw_only_default=True, field_specifiers=(strawberry.field,))
def node(source: reads.Source | None, guard: Guard, *, name: str | None = None) -> Callable[[T], T]:
    """This will make a Strawberry type whose rows come from `source`; the class docstring is its description."""

    def declare(cls: T) -> T:
        made = strawberry.type(cls, name=name, description=_text(cls.__doc__))
        made.__reads__ = TypeReads(source, guard)  # type: ignore[attr-defined]
        return made

    return declare


@dataclass_transform(kw_only_default=True, field_specifiers=(strawberry.field,))
def payload(cls: T) -> T:
    """This will make the payload type of a mutation: open, since the mutation itself is guarded."""
    return node(None, OPEN)(cls)


CONTRIBUTIONS: dict[str, list[type]] = {}
"""Fields that modules add to types they do not own, by type name; appended when the schema is composed."""


def extends(owner: str) -> Callable[[T], T]:
    """This will add the fields of the decorated class to the type named `owner`, which another module owns."""

    def declare(cls: T) -> T:
        made = strawberry.type(cls)
        CONTRIBUTIONS.setdefault(owner, []).append(made)
        return made

    return declare


def _text(doc: str | None) -> str | None:
    return " ".join(doc.split()) if doc else None


def _field(read: reads.Read, description: str | None, guard: Guard | None) -> Any:
    return strawberry.field(description=description, metadata={READ: read, GUARD: guard})


def column(description: str, *, name: str | None = None, guard: Guard | None = None) -> Any:
    """A field that is the column of its name (or `name`)."""
    return _field(reads.Column(name), description, guard)


def expr(
    source: Callable[[reads.Row, reads.Ask], reads.Expression],
    description: str,
    *,
    guard: Guard | None = None,
    nullable: bool = True,
    places: int = 2,
) -> Any:
    """A field that is an SQL expression over the row. `nullable=False` promises that it never gives null."""
    return _field(reads.Expr(source, nullable, places), description, guard)


def one(join: reads.Join, description: str, *, guard: Guard | None = None, nullable: bool = True) -> Any:
    """A field that is one row of another type. `nullable=False` needs a foreign key that is not null."""
    return _field(reads.One(join, nullable), description, guard)


def many(join: reads.Join, description: str, *, guard: Guard | None = None) -> Any:
    """A field that is several rows of another type, at most `join.cap`."""
    return _field(reads.Many(join), description, guard)


def derived(
    select: Callable[[reads.Row, reads.Ask], Any], description: str, *, guard: Guard | None = None
) -> Any:
    """A field of rows (or of one row or none) that a select over the parent makes; its columns are the fields."""
    return _field(reads.Derived(select), description, guard)


def part(description: str, *, guard: Guard | None = None) -> Any:
    """An object whose fields read the same row."""
    return _field(reads.Part(), description, guard)


def python(
    needs: Sequence[str], compute: Callable[..., Any], description: str, *, guard: Guard | None = None
) -> Any:
    """A field computed in Python: `compute(context, *needed columns)`, sync, without loading anything."""
    return _field(reads.Python(tuple(needs), compute), description, guard)


def _root(read: reads.Read, guard: Guard | None) -> Callable[[Callable[..., Any]], StrawberryField]:
    def declare(signature: Callable[..., Any]) -> StrawberryField:
        made: StrawberryField = strawberry.field(
            resolver=signature, description=_text(signature.__doc__), metadata={READ: read, GUARD: guard}
        )
        return made

    return declare


def derived_by(
    select: Callable[[reads.Row, reads.Ask], Any], *, guard: Guard | None = None
) -> Callable[[Callable[..., Any]], StrawberryField]:
    """`derived` with arguments: the decorated signature names them, the select reads them from `ask.argument`.

    The docstring is the description.
    """
    return _root(reads.Derived(select), guard)


def single(
    where: Callable[[reads.Row, Any, reads.Ask], reads.Expression], *, guard: Guard | None = None
) -> Callable[[Callable[..., Any]], StrawberryField]:
    """A field of Query that finds one row; the decorated signature gives its arguments and description."""
    return _root(reads.Single(where), guard)


def connection(
    listing: reads.Listing, *, guard: Guard | None = None
) -> Callable[[Callable[..., Any]], StrawberryField]:
    """A field of Query that gives a page by key; the decorated signature gives its arguments and description."""
    return _root(reads.ConnectionRoot(listing), guard)


def rows(
    listing: reads.Listing,
    order: Callable[[reads.Row], tuple[reads.Expression, ...]],
    *,
    guard: Guard | None = None,
) -> Callable[[Callable[..., Any]], StrawberryField]:
    """A field of Query that gives a list capped at `listing.first_max`."""
    return _root(reads.ListRoot(listing, order), guard)


def resolved(*, guard: Guard, cap: int | None = None) -> Callable[[Callable[..., Any]], StrawberryField]:
    """A field resolved by the decorated function itself (who asks, computed proposals); guarded like any other.

    `cap` is the most rows the function gives; a field of Query that is a list must name it.
    """

    def declare(resolver: Callable[..., Any]) -> StrawberryField:
        made: StrawberryField = strawberry.field(
            resolver=resolver, description=_text(resolver.__doc__), metadata={GUARD: guard, CAP: cap}
        )
        return made

    return declare


@node(None, OPEN)
class Refusal:
    """Why a mutation changed nothing: a stable code, where in the input, and a sentence in the viewer's language."""

    code: str = strawberry.field(description="Stable code for programs, such as PERIOD_LOCKED.")
    path: list[str] = strawberry.field(description="Where in the input the reason lies; empty for the whole.")
    message: str = strawberry.field(
        description="A sentence for the person, in the viewer's language, to stand beside what `path` names."
    )


def touched(
    description: str = "What the mutation made or changed, as it is now; null if it was refused.",
) -> Any:
    """A payload field, annotated `Touched[type]`, that reads after the commit the rows whose ids the resolver gave."""
    return strawberry.field(
        default=None, description=description, metadata={READ: reads.Touched(), GUARD: OPEN}
    )


def refusals() -> Any:
    """The payload field every mutation has."""
    return strawberry.field(default_factory=list, description="Why nothing was done; empty when it worked.")


def refusal_of(info: Any, refused: Refused) -> Refusal:
    """This will say a refusal in the viewer's language, for the result of one record of a batch."""
    sentence = refused.told_at_field(info.context.translate)
    return Refusal(code=refused.code, path=list(refused.path), message=sentence)


def mutation(*, guard: Guard) -> Callable[[Callable[..., Any]], StrawberryField]:
    """A field of Mutation. The role is checked before anything runs; the company inside the action's transaction.

    A Refused that leaves the resolver rolls the transaction back and becomes the payload's refusal.
    """

    def declare(resolver: Callable[..., Any]) -> StrawberryField:
        answered = get_type_hints(resolver)["return"]

        @wraps(resolver)
        async def act(self: Any, info: Any, **given: Any) -> Any:
            try:
                return await resolver(self, info, **given)
            except Unauthenticated:
                raise
            except Refused as refused:
                return answered(refusals=[refusal_of(info, refused)])

        made: StrawberryField = strawberry.mutation(
            resolver=act, description=_text(resolver.__doc__), metadata={GUARD: guard}
        )
        return made

    return declare
