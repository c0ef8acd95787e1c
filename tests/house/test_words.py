"""Whatever a person reads from the gateway has its Spanish, Catalan and Swedish, with the same {places}.

Found by looking: the sentence of every Refused, the problems of BadInput, denials, warnings and reasons of banking,
mails, files, and what `translate` is called with. Words among the values of a refusal (`Refused.words`) count as
sentences; those that are codes need an English word as well.
"""

import ast
import importlib
import inspect
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from string import Formatter
from typing import Any

import pytest

from gateway.planner.plan import DENIAL_SENTENCES
from gateway.schema import composed
from services.access.policy import Action, Scope
from services.audit.rules import KINDS as AUDIT_KINDS
from services.audit.rules import LABELS as AUDIT_LABELS
from services.audit.rules import SENTENCES as AUDIT_SENTENCES
from services.audit.rules import VALUES as AUDIT_VALUES
from services.banking.rules.reasons import REASON_SENTENCES
from services.banking.rules.signals import Direction
from services.banking.rules.statements import SENTENCES
from services.documents.rules.kinds import DocumentKind, VatRegime
from services.documents.rules.states import DocumentStatus
from services.exports.heading import WORDS as WORDS_OF_FILES
from services.journal.rules.periods import Daybook
from services.kit.errors import BadInput, Refused
from services.kit.words import catalogue
from services.taxes.rules.layouts import LABELS
from services.taxes.rules.profile import NOT_COMPUTED
from services.taxes.rules.results import CHECK_SENTENCES
from tests.house.tree import Offence, called_name, files, parse, report

SOURCES = files(".py", under=("gateway/", "services/"))
LANGUAGES = ("es", "ca", "sv")

WORDS: Mapping[str, Iterable[str]] = {
    "scope": [scope.name for scope in Scope],
    "action": [action.value for action in Action],
    "state": [
        "PREPARED",
        "FILED",
        "DISCARDED",
        "NONE",
        "INVITED",
        "ACTIVE",
        "DEACTIVATED",
        "LOCKED",
        "REVOKED",
    ],
    "status": list(DocumentStatus),
    "wanted": [*DocumentStatus, "PREPARED", "FILED"],
    "kind": list(DocumentKind),
    "regime": list(VatRegime),
    "daybook": [f"DAYBOOK_{one}" for one in Daybook],
    "document_direction": list(Direction),
    "party": ["issuer", "recipient"],
    "missing": ["name", "address", "tax id", "postcode", "town", "province", "country"],
    "found": ["ZIP or XLSX", "XML or HTML", "binary data", "text", "unknown content"],
    "unit": ["bytes", "characters", "pixels"],
    "what": ["root fields", "levels", "fields", "aliases", "directives"],
}
"""What a place named in `Refused.words` can hold, where the raiser does not write it as a literal."""


@dataclass(frozen=True)
class Sentence:
    """English source text, and where it stands."""

    path: str
    line: int
    text: str

    @property
    def is_code(self) -> bool:
        return self.text.replace("_", "").isalpha() and self.text.isupper()


def places(text: str) -> list[str]:
    """This will give the names in braces, sorted; one that stands twice counts twice."""
    return sorted(name for _, name, _, _ in Formatter().parse(text) if name is not None)


@cache
def refusals() -> tuple[type[Refused], ...]:
    """This will import every module and give every refusal of the product."""
    for path in SOURCES:
        if not path.endswith("__main__.py"):
            importlib.import_module(path.removesuffix(".py").removesuffix("/__init__").replace("/", "."))
    found: list[type[Refused]] = [Refused]
    for refused in found:
        found.extend(kind for kind in refused.__subclasses__() if kind not in found)
    return tuple(kind for kind in found if kind.__module__.startswith(("gateway.", "services.")))


def place_of(kind: type[Refused]) -> tuple[str, int]:
    """This will give the file and line of a class."""
    return kind.__module__.replace(".", "/") + ".py", inspect.getsourcelines(kind)[1]


def of_exports() -> Iterator[Sentence]:
    """Titles and headings of files, and the codes that stand in their columns and filters."""
    made = composed()
    for listed in made.exports.values():
        exported = listed.exported
        told = [exported.title, *(column.heading for column in exported.columns)]
        told += [declared.heading for declared in exported.filters.values()]
        told += [
            text for part in exported.parts for text in (part.title, *(one.heading for one in part.columns))
        ]
        told += sorted(listed.codes(made.graphql))
        yield from (Sentence("gateway/modules.py", 1, text) for text in told)
    yield from (Sentence("services/exports/heading.py", 1, text) for text in WORDS_OF_FILES.values())


def of_refusals() -> Iterator[Sentence]:
    for kind in refusals():
        if "sentence" in vars(kind):
            yield Sentence(*place_of(kind), kind.sentence)
        for place in vars(kind).get("words", ()):
            for word in WORDS.get(place, ()):
                yield Sentence(*place_of(kind), str(word))


def of_tables() -> Iterator[Sentence]:
    tables: dict[str, Mapping[Any, str]] = {
        "gateway/planner/plan.py": DENIAL_SENTENCES,
        "services/banking/rules/statements.py": SENTENCES,
        "services/banking/rules/reasons.py": REASON_SENTENCES,
        "services/taxes/rules/profile.py": NOT_COMPUTED,
        "services/taxes/rules/results.py": CHECK_SENTENCES,
        "services/taxes/rules/layouts/__init__.py": {label: label for label in LABELS},
    }
    codes = (*AUDIT_KINDS, *AUDIT_VALUES)
    tables["services/audit/rules.py"] = {
        text: text for text in (*AUDIT_SENTENCES.values(), *filter(None, AUDIT_LABELS.values()), *codes)
    }
    for path, table in tables.items():
        for text in table.values():
            yield Sentence(path, 1, text)
    for path in files("/mails.py", under=("services/",)):
        module = importlib.import_module(path.removesuffix(".py").replace("/", "."))
        for name, text in vars(module).items():
            if name.endswith(("_SUBJECT", "_TEXT")):
                yield Sentence(path, 1, text)


@cache
def bad_inputs() -> dict[str, int]:
    """This will give BadInput and its kinds by name, with the position of the problem among their arguments."""
    return {kind.__name__: 1 for kind in refusals() if issubclass(kind, BadInput)}


def literals_of(path: str, call: ast.Call) -> Iterator[ast.expr]:
    """This will give the arguments of a call that a person reads."""
    name = called_name(call).rpartition(".")[2]
    by_position = bad_inputs() | {"NotFound": 0, "as_id": 1, "translate": 0}
    if name in by_position and len(call.args) > by_position[name]:
        yield call.args[by_position[name]]
    if path.startswith("services/banking/formats/") and called_name(call).startswith(
        ("fields.", "self._balance")
    ):
        yield call.args[-1]
    yield from (given.value for given in call.keywords if given.arg in {"what", "unit", "problem"})


@cache
def read_by_a_person() -> tuple[tuple[str, ast.expr], ...]:
    """This will give file and expression of every text that some call shows to a person."""
    calls = [(path, node) for path in SOURCES for node in ast.walk(parse(path)) if isinstance(node, ast.Call)]
    return tuple((path, given) for path, call in calls for given in literals_of(path, call))


def constants_of(path: str) -> dict[str, ast.expr]:
    """This will give the values of a file's own constants."""
    return {
        node.targets[0].id: node.value
        for node in parse(path).body
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
    }


def of_calls() -> Iterator[Sentence]:
    for path, given in read_by_a_person():
        text = constants_of(path).get(given.id) if isinstance(given, ast.Name) else given
        if isinstance(text, ast.Constant) and isinstance(text.value, str):
            yield Sentence(path, given.lineno, text.value)


@cache
def sentences() -> tuple[Sentence, ...]:
    """This will give everything that has to be translated, each text once."""
    found = [*of_refusals(), *of_tables(), *of_exports(), *of_calls()]
    return tuple({sentence.text: sentence for sentence in reversed(found)}.values())


@pytest.mark.parametrize("language", LANGUAGES)
class TestLanguage:
    def test_has_every_sentence(self, language: str) -> None:
        known = catalogue(language)
        offences = [
            Offence(
                sentence.path,
                sentence.line,
                f"add the {language} of {sentence.text!r} to services/kit/words/{language}.po.",
            )
            for sentence in sentences()
            if sentence.text not in known
        ]

        assert not offences, report(offences)

    def test_keeps_the_places_of_every_sentence(self, language: str) -> None:
        offences = [
            Offence(
                f"services/kit/words/{language}.po",
                1,
                f"{translated!r} needs exactly the places of {text!r}: {places(text)}.",
            )
            for text, translated in catalogue(language).items()
            if set(places(text)) != set(places(translated))
        ]

        assert not offences, report(offences)

    def test_has_no_sentence_that_nobody_says(self, language: str) -> None:
        said = {sentence.text for sentence in sentences()}
        offences = [
            Offence(f"services/kit/words/{language}.po", 1, f"nobody says {text!r} any more: remove it.")
            for text in catalogue(language)
            if text not in said
        ]

        assert not offences, report(offences)


class TestEnglish:
    def test_has_a_word_for_every_code_and_nothing_else(self) -> None:
        known = catalogue("en")
        codes = {sentence.text: sentence for sentence in sentences() if sentence.is_code}
        offences = [
            Offence(code.path, code.line, f"add an English word for {code.text} to services/kit/words/en.po.")
            for code in codes.values()
            if code.text not in known
        ]
        offences += [
            Offence("services/kit/words/en.po", 1, f"{text!r} is no code of a refusal: remove it.")
            for text in known
            if text not in codes
        ]

        assert not offences, report(offences)


class TestBadInput:
    def test_names_its_values_instead_of_filling_them_in(self) -> None:
        advice = 'write "at most {most} rows", most=ROWS_MAX: text with its values inside has no translation.'
        offences = [
            Offence(path, given.lineno, advice)
            for path, given in read_by_a_person()
            if isinstance(given, ast.JoinedStr)
        ]

        assert not offences, report(offences)
