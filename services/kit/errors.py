"""Refusals: what the product declines, with a code for programs and a sentence for people.

    Refused                 a rule said no; a mutation answers it in its payload
    ├── BadInput            a value cannot be understood; names the field
    ├── RequestKeyUsed      the key that makes sending twice harmless belongs to another act
    ├── NotFound            no such thing for this viewer: the same answer for foreign and for never existed
    └── Denied              the viewer may know it exists, but not do this (layer: ROLE, SCOPE, PLAN, STATE)

Modules declare their own subclasses beside the function that raises them. The sentence is English source text
with named places; `services.kit.words` renders it in the viewer's language. A sentence that is not translated, or
whose translation has other places, fails `tests/house/test_words.py`.
"""

from collections.abc import Mapping
from typing import Any, ClassVar, Protocol


class Speaking(Protocol):
    """A language (`services.kit.words`): it translates a sentence and writes days and amounts its way."""

    def __call__(self, sentence: str) -> str:
        """The sentence in this language."""
        ...

    def show(self, value: Any) -> Any:
        """A value as this language writes it."""
        ...


class _Source:
    """English as it stands in the code, values as programs write them: for logs and tests."""

    def __call__(self, sentence: str) -> str:
        return sentence

    def show(self, value: Any) -> Any:
        return value


class Refused(Exception):
    """A rule said no and nothing was changed. `code` is stable; `sentence` may hold {places} filled from `values`.

    `words` names the values that are English words or codes of ours ("entry", "BANKING") and so are translated too.
    """

    code: ClassVar[str] = "REFUSED"
    sentence: ClassVar[str] = "This is not possible."
    words: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, *, path: tuple[str, ...] = (), **values: Any) -> None:
        self.path = path
        self.values: Mapping[str, Any] = values
        super().__init__(self.code)

    def __reduce__(self) -> tuple[Any, ...]:
        """Refusals come back from worker processes, so they pickle although their values are named."""
        return _restored, (type(self), self.path, dict(self.values))

    @property
    def message(self) -> str:
        """The English sentence with its values filled in, codes as they are: for logs and tests."""
        return self.told(_Source())

    def told(self, language: Speaking) -> str:
        """This will give the sentence with its values filled in, both as the language writes them."""
        said = {name: language(str(self.values[name])) for name in self.words if name in self.values}
        shown = {name: language.show(value) for name, value in self.values.items()}
        return language(self.sentence).format(**{**shown, **said})

    def told_at_field(self, language: Speaking) -> str:
        """This will give the sentence for where the field in question stands beside it."""
        return self.told(language)


def _restored(refusal: type[Refused], path: tuple[str, ...], values: dict[str, Any]) -> Refused:
    restored = refusal.__new__(refusal, refusal.code)
    Refused.__init__(restored, path=path, **values)
    return restored


class BadInput(Refused):
    """A value cannot be understood. `field` is where it stands in the input, `problem` what to do about it.

    `problem` is English source text like a sentence: its own {places} are filled from the named values.
    """

    code = "BAD_INPUT"
    sentence = "{field}: {problem}"

    def __init__(self, field: str, problem: str, **values: Any) -> None:
        super().__init__(path=tuple(field.split(".")), field=field, problem=problem, **values)

    def told(self, language: Speaking) -> str:
        """This will give the sentence in a language, the problem in it with its own values."""
        return language(self.sentence).format(field=self.values["field"], problem=self._problem(language))

    def told_at_field(self, language: Speaking) -> str:
        """This will give the problem alone, as a sentence: the name of the input is for programs."""
        problem = self._problem(language)
        return problem[:1].upper() + problem[1:]

    def _problem(self, language: Speaking) -> str:
        problem: str = language(self.values["problem"])
        if len(self.values) > len(("field", "problem")):
            problem = problem.format(**{name: language.show(value) for name, value in self.values.items()})
        return problem


class RequestKeyUsed(Refused):
    """The caller's key names another act; nothing was done, and what that act made is not passed off for this one."""

    code = "REQUEST_KEY_USED"
    sentence = "This request key was used for something else; choose a new one."


class NotFound(Refused):
    """Nothing with this id exists for this viewer."""

    code = "NOT_FOUND"
    sentence = "There is no {what} with this id."
    words = frozenset({"what"})

    def __init__(self, what: str, *, path: tuple[str, ...] = ()) -> None:
        super().__init__(path=path, what=what)


class Denied(Refused):
    """The viewer lacks a permission. `layer` says which wall refused, so that a page can say who may open it."""

    code = "DENIED"
    sentence = "You are not allowed to do this here ({scope}, {action})."
    words = frozenset({"scope", "action"})

    def __init__(self, *, layer: str, scope: str, action: str, path: tuple[str, ...] = ()) -> None:
        super().__init__(path=path, layer=layer, scope=scope, action=action)


class Unauthenticated(Refused):
    """Nobody is signed in, or the session or token has ended."""

    code = "UNAUTHENTICATED"
    sentence = "Please sign in."
