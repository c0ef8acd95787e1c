"""The declarations of the composed schema, by type and field; what is wrong in them is refused at start-up."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from graphql import (
    GraphQLField,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLSchema,
    is_introspection_type,
    is_leaf_type,
)
from sqlalchemy import Column as SqlColumn

from services.access.guard import CAP, GUARD, READ, Guard, TypeReads
from services.access.policy import Role, ceiling
from services.kit import reads

ROWS_MAX = 1000
"""The most rows any list may promise."""


class DeclarationRefused(Exception):
    """The schema declares something that a plan would get wrong, or a field without a guard."""


@dataclass(frozen=True, slots=True)
class FieldBinding:
    """One field: where it comes from, who may see it, what type it gives."""

    type_name: str
    name: str
    python_name: str
    read: reads.Read | None
    guard: Guard
    output: GraphQLOutputType
    cap: int | None = None

    @property
    def coordinate(self) -> str:
        """The field as the schema names it: `Client.name`."""
        return f"{self.type_name}.{self.name}"

    @property
    def target(self) -> str:
        """Name of the type below lists and non-nulls."""
        return named(self.output)

    @property
    def non_null(self) -> bool:
        """Whether the contract promises a value, so that a null would null the parent too."""
        return isinstance(self.output, GraphQLNonNull)

    @property
    def is_list(self) -> bool:
        """Whether the field gives a list, nullable or not."""
        bare = self.output.of_type if isinstance(self.output, GraphQLNonNull) else self.output
        return isinstance(bare, GraphQLList)


@dataclass(frozen=True, slots=True)
class TypeBinding:
    """One object type. `reads` is None for connections, page ends and the roots, which need no source."""

    name: str
    reads: TypeReads | None
    fields: dict[str, FieldBinding] = field(default_factory=dict)


def named(output: GraphQLOutputType) -> str:
    """The name of a type below lists and non-nulls."""
    while isinstance(output, GraphQLList | GraphQLNonNull):
        output = output.of_type
    return output.name


class Bindings:
    """All types of the schema with their declarations. Raises DeclarationRefused naming everything that is wrong."""

    def __init__(self, schema: GraphQLSchema) -> None:
        self.schema = schema
        self.types: dict[str, TypeBinding] = {}
        problems: list[str] = []
        for type_name, graphql_type in schema.type_map.items():
            if isinstance(graphql_type, GraphQLObjectType) and not is_introspection_type(graphql_type):
                self.types[type_name] = self._bind(type_name, graphql_type, problems)
        for binding in self._fields():
            problems.extend(self._refusals(binding))
        if problems:
            raise DeclarationRefused("\n".join(sorted(problems)))

    def _bind(self, type_name: str, graphql_type: GraphQLObjectType, problems: list[str]) -> TypeBinding:
        definition = graphql_type.extensions["strawberry-definition"]
        declared: TypeReads | None = getattr(definition.origin, "__reads__", None)
        bound = TypeBinding(type_name, declared)
        is_page = type_name.endswith("Connection") or type_name == "PageInfo"
        by_name = {_graphql_name(item): item for item in definition.fields}
        for name, graphql_field in graphql_type.fields.items():
            strawberry_field = by_name[name]
            read = strawberry_field.metadata.get(READ)
            guard = strawberry_field.metadata.get(GUARD)
            if guard is None and isinstance(read, reads.One | reads.Many):
                guard = self._target_guard(graphql_field)
            if guard is None and declared is not None:
                guard = declared.guard
            if guard is None and not is_page:
                if type_name == "Query" and read is not None:
                    guard = self._target_guard(graphql_field)
                if guard is None:
                    problems.append(f"{type_name}.{name} has no guard: give it Guard(scope) or OPEN")
                    continue
            bound.fields[name] = FieldBinding(
                type_name,
                name,
                strawberry_field.python_name,
                read,
                guard or Guard(None),
                graphql_field.type,
                strawberry_field.metadata.get(CAP),
            )
        return bound

    def _target_guard(self, graphql_field: GraphQLField) -> Guard | None:
        """A field that gives rows of a type takes the guard of that type, unless it names its own."""
        graphql_type = self.schema.type_map[named(graphql_field.type)]
        if isinstance(graphql_type, GraphQLObjectType) and graphql_type.name.endswith("Connection"):
            graphql_type = self.schema.type_map[named(graphql_type.fields["nodes"].type)]
        assert isinstance(graphql_type, GraphQLObjectType)
        definition = graphql_type.extensions["strawberry-definition"]
        declared: TypeReads | None = getattr(definition.origin, "__reads__", None)
        return declared.guard if declared else None

    def _fields(self) -> Iterator[FieldBinding]:
        for bound in self.types.values():
            yield from bound.fields.values()

    def guarded(self) -> list[FieldBinding]:
        """Every field that carries a decision, for the permission table; page ends are not asked for by themselves."""
        return sorted(
            (item for item in self._fields() if self._carries_decision(item)),
            key=lambda item: item.coordinate,
        )

    def _carries_decision(self, item: FieldBinding) -> bool:
        return not (item.type_name.endswith("Connection") or item.type_name == "PageInfo")

    def _refusals(self, item: FieldBinding) -> Iterator[str]:
        owner = self.types[item.type_name]
        where = item.coordinate
        if owner.reads is not None and item.read is not None:
            yield from self._null_refusals(item, owner)
            own = item.guard != owner.reads.guard and item.guard.scope is not None
            if own and item.non_null:
                yield f"{where} has its own guard, so it must be nullable: one denied value would null its parent"
        match item.read:
            case reads.ConnectionRoot(listing) | reads.ListRoot(listing):
                yield from self._listing_refusals(item, listing)
            case reads.Many(join) if join.cap > ROWS_MAX:
                yield f"{where} is not capped: name a cap of at most {ROWS_MAX} on its join"
            case reads.One() | reads.Many() | reads.Single():
                target = self.types[item.target].reads
                if target is None or target.source is None:
                    yield f"{where} joins {item.target}, which declares no source: use node(source, guard)"
        if (
            item.read is None
            and item.is_list
            and item.type_name == "Query"
            and not 0 < (item.cap or 0) <= ROWS_MAX
        ):
            yield f"{where} is an uncapped list: declare it with rows() or connection(), or resolved(cap=...)"
        if item.read is None and item.type_name == "Query" and item.non_null and item.guard.scope is not None:
            yield f"{where} has a guard and so must be nullable: one denied value would null the whole answer"
        if isinstance(item.read, reads.Column | reads.Expr) and not self._writable(item):
            yield f"{where} gives {item.target}, which a statement cannot write: use one, many, part or derived"

    def _writable(self, item: FieldBinding) -> bool:
        return is_leaf_type(self.schema.type_map[item.target])

    def _null_refusals(self, item: FieldBinding, owner: TypeBinding) -> Iterator[str]:
        match item.read:
            case reads.Column(name):
                source = owner.reads.source if owner.reads else None
                if source is None:
                    return
                sql = source.table.c.get(name or item.python_name)
                if sql is None:
                    yield f"{item.coordinate} names no column of its source: {name or item.python_name}"
                elif item.non_null and isinstance(sql, SqlColumn) and sql.nullable:
                    yield f"{item.coordinate} is non-null but its column may be null"
            case reads.Expr(_, nullable, _) | reads.One(_, nullable) if item.non_null and nullable:
                yield f"{item.coordinate} is non-null: promise it with nullable=False, or make it nullable"
            case reads.Many() | reads.Derived() if item.non_null and item.guard != (
                owner.reads.guard if owner.reads else None
            ):
                yield f"{item.coordinate} has its own guard, so the list must be nullable"

    def _listing_refusals(self, item: FieldBinding, listing: reads.Listing) -> Iterator[str]:
        if not 0 < listing.first_max <= ROWS_MAX:
            yield f"{item.coordinate} is not capped: first_max must be from 1 to {ROWS_MAX}"
        node_type = self.node_type(item)
        for path, declared in listing.filters.items():
            for name in declared.reads:
                if name not in self.types[node_type].fields:
                    yield f"{item.coordinate}({path}) reads {node_type}.{name}, which does not exist"
        for order, sort in listing.sorts.items():
            where = f"{item.coordinate}(orderBy: {order})"
            revealed = self.types[node_type].fields.get(sort.reads)
            if revealed is None:
                yield f"{where} reads {node_type}.{sort.reads}, which does not exist"
            elif self._decides_by_row(revealed):
                yield (
                    f"{where} reads {revealed.coordinate}, which has its own guard: an order needs a decision for the"
                    " whole list, and this one falls row by row"
                )

    def _decides_by_row(self, item: FieldBinding) -> bool:
        """Whether a company may grant the rows of the type without this field: a filter can ask that, an order not."""
        declared = self.types[item.type_name].reads
        return item.guard.scope is not None and (declared is None or item.guard != declared.guard)

    def node_type(self, item: FieldBinding) -> str:
        """The type of the rows of a list field, through its connection."""
        if isinstance(item.read, reads.ConnectionRoot):
            return self.types[item.target].fields["nodes"].target
        return item.target

    def guard_of(self, source: reads.Source) -> Guard:
        """What the type whose rows a source gives asks of who reads them. Raises KeyError for a source of no type."""
        for found in self.types.values():
            if found.reads is not None and found.reads.source is source:
                return found.reads.guard
        raise KeyError(source)

    def row_rule(self, role: Role | None, guard: Guard) -> str | None:
        """Which row rule of a source (`portal`, `own`) binds `role` under `guard`; None if the company is enough."""
        if role is Role.PORTAL_CONTACT:
            return "portal"
        if role is not None and guard.scope is not None:
            found = ceiling(role, guard.scope)
            return "own" if found is not None and found.own else None
        return None

    def lacks_rule(self, role: Role | None, item: FieldBinding) -> bool:
        """A role that sees only its own rows sees nothing of a source that does not say which those are."""
        if not isinstance(
            item.read, reads.Single | reads.ConnectionRoot | reads.ListRoot | reads.One | reads.Many
        ):
            return False
        declared = self.types[self.node_type(item)].reads
        if declared is None or declared.source is None or declared.source.company is None:
            return False
        rule = self.row_rule(role, declared.guard)
        return rule is not None and getattr(declared.source, rule) is None


def _graphql_name(strawberry_field: object) -> str:
    from strawberry.schema.name_converter import NameConverter

    return NameConverter().get_graphql_name(strawberry_field)  # type: ignore[arg-type]
