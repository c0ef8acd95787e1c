"""Every field as every role: the operations that ask for each field once, and the letter each answer deserves."""

import re
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from gateway.planner.bindings import Bindings, FieldBinding
from gateway.planner.json import FIELDS_MAX
from services.kit import reads
from tests.support.office import Answered

VALUE, HIDDEN = "V", "-"
LETTERS = {"ROLE": "R", "SCOPE": "S", "PLAN": "P", "STATE": "T", "UNAUTHENTICATED": "U"}


_VARIABLE = re.compile(r"\$(\w+)")


@dataclass(frozen=True, slots=True)
class Step:
    """One field on the way to a type, with the arguments it needs as GraphQL text."""

    name: str
    arguments: str = ""


@dataclass(frozen=True, slots=True)
class Probe:
    """One operation that asks for all fields of one type, and where its answer lies."""

    type_name: str
    steps: tuple[Step, ...]
    fields: tuple[FieldBinding, ...]

    @property
    def path(self) -> tuple[str, ...]:
        return tuple(step.name for step in self.steps)

    def document(self, bindings: Bindings, arguments: Mapping[str, str]) -> str:
        inner = " ".join(_asked(bindings, item, arguments) for item in self.fields)
        for step in reversed(self.steps):
            inner = f"{step.name}{step.arguments} {{ {inner} }}"
        names = sorted(set(_VARIABLE.findall(inner)))
        declared = ", ".join(f"${name}: {'String!' if name == 'slug' else 'ID!'}" for name in names)
        return f"query({declared}) {{ {inner} }}" if names else f"{{ {inner} }}"

    def variables(self, world: Mapping[str, str]) -> dict[str, str]:
        """Those of a world's ids that the document names."""
        return {name: world[name] for step in self.steps for name in _VARIABLE.findall(step.arguments)}


def _asked(bindings: Bindings, item: FieldBinding, arguments: Mapping[str, str]) -> str:
    given = arguments.get(item.coordinate, "")
    return f"{item.name}{given} {{ __typename }}" if item.target in bindings.types else f"{item.name}{given}"


def probes(bindings: Bindings, arguments: Mapping[str, str]) -> Iterator[Probe]:
    """One probe per object type that a query can reach, by its shortest way; more where it has many fields.

    `arguments` holds, as text, those of each field of Query by its name, and of fields below that need some by their
    coordinate. Raises KeyError naming a root field that needs arguments and has none in the table.
    """
    seen: dict[str, tuple[Step, ...]] = {}
    queue: deque[tuple[str, tuple[Step, ...]]] = deque()
    roots = bindings.types["Query"].fields.values()
    for item in sorted(roots, key=lambda root: not isinstance(root.read, reads.Single)):
        if item.target not in bindings.types or item.read is None:
            continue
        steps: tuple[Step, ...] = (Step(item.name, arguments[item.name]),)
        target = item.target
        if isinstance(item.read, reads.ConnectionRoot):
            steps, target = (*steps, Step("nodes")), bindings.node_type(item)
        queue.append((target, steps))
    while queue:
        name, steps = queue.popleft()
        if name in seen:
            continue
        seen[name] = steps
        for item in bindings.types[name].fields.values():
            if item.target in bindings.types:
                queue.append((item.target, (*steps, Step(item.name, arguments.get(item.coordinate, "")))))
    for name, steps in sorted(seen.items()):
        fields = tuple(bindings.types[name].fields.values())
        for start in range(0, len(fields), FIELDS_MAX):
            yield Probe(name, steps, fields[start : start + FIELDS_MAX])


def letters(probe: Probe, answer: Answered) -> dict[str, str]:
    """For each field of the probe the letter of what the viewer got."""
    errors = {
        tuple(error.get("path", ())): LETTERS.get(error["extensions"]["code"], "?") for error in answer.errors
    }
    if answer.data is None:
        return dict.fromkeys((item.coordinate for item in probe.fields), errors.get((), "?"))
    for end in range(1, len(probe.path) + 1):
        if probe.path[:end] in errors:
            return dict.fromkeys((item.coordinate for item in probe.fields), errors[probe.path[:end]])
    rows = list(_rows(answer.data, probe.path))
    found = {}
    for item in probe.fields:
        denied = errors.get((*probe.path, item.name))
        found[item.coordinate] = denied or (VALUE if rows else HIDDEN)
    return found


def _rows(data: Any, path: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    if isinstance(data, list):
        for item in data:
            yield from _rows(item, path)
    elif data is not None and not path:
        yield data
    elif data is not None:
        yield from _rows(data.get(path[0]), path[1:])
