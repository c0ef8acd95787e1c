"""The arguments of a list as conditions: filters and the order, each with the guard of the field it reveals."""

from enum import Enum
from typing import Any

from sqlalchemy import Select

from gateway.planner.domains import Level
from gateway.planner.parameters import Arguments, Parameters
from gateway.planner.visibility import granted
from services.access.policy import Role
from services.kit import reads
from services.kit.errors import BadInput


def filtered(
    statement: Select[Any],
    listing: reads.Listing,
    level: Level,
    arguments: Arguments,
    *,
    parameters: Parameters,
    role: Role | None,
) -> Select[Any]:
    """This will add the condition of every filter that the caller gave. Raises BadInput for one that would reveal."""
    for name, declared in listing.filters.items():
        path = tuple(name.split("."))
        value = arguments.at(path)
        if value is None:
            continue
        given = _plain(value) if declared.flag else parameters.bound(arguments, path, declared.prepare)
        condition = declared.where(level.row, given, level.ask)
        if condition is not None:
            statement = statement.where(condition)
        statement = _revealing(statement, level, declared.reads, name, role)
    return statement


def searched(listing: reads.Listing, arguments: Arguments) -> bool:
    """Whether the caller gave a filter that is too dear to be asked twice: for the rows and for their number."""
    return any(
        declared.dear and arguments.at(tuple(name.split("."))) is not None
        for name, declared in listing.filters.items()
    )


def _plain(value: Any) -> Any:
    """A flag as the filter decides on it: the value of an enum, or the truth itself."""
    return value.value if isinstance(value, Enum) else value


def chosen_sort(
    listing: reads.Listing, level: Level, arguments: Arguments, role: Role | None
) -> reads.Sort | None:
    """The order the caller chose; None for the order of ids. Raises BadInput where it would reveal.

    The role is all there is to ask: start-up refuses a sort by a field that a company grants by itself.
    """
    order = arguments.values.get("orderBy")
    if order is None:
        return None
    sort = listing.sorts[order.value]
    _check_role(level, sort.reads, "orderBy", role)
    return sort


def _revealing(
    statement: Select[Any], level: Level, names: tuple[str, ...], argument: str, role: Role | None
) -> Select[Any]:
    """A filter tells the value of the field it reads, so it needs the guard of that field."""
    for name in names:
        _check_role(level, name, argument, role)
        guard = level.type.fields[name].guard
        if guard not in level.proven:
            statement = statement.where(granted(guard, level.ask))
    return statement


def _check_role(level: Level, name: str, argument: str, role: Role | None) -> None:
    if not level.type.fields[name].guard.allows(role):
        shown = f"{level.type.name}.{name}"
        raise BadInput(argument, "your role may not read {shown}, which this would reveal", shown=shown)
