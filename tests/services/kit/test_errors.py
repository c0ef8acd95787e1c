"""What a refusal says, in the reader's language."""

import copy

import pytest

from services.kit.errors import BadInput, Denied, NotFound
from services.kit.words import LOCALES, translator

SPANISH = translator("es")


class TestTold:
    def test_translates_the_word_for_what_was_not_found(self) -> None:
        refused = NotFound("bank line")

        assert refused.told(SPANISH) == "No se ha encontrado con este identificador: movimiento bancario."

    @pytest.mark.parametrize(
        ("locale", "words"),
        [
            ("en", "banking, edit"),
            ("es", "bancos, modificar"),
            ("ca", "bancs, modificar"),
            ("sv", "bank, ändra"),
        ],
    )
    def test_says_codes_in_words(self, locale: str, words: str) -> None:
        refused = Denied(layer="SCOPE", scope="BANKING", action="EDIT")

        assert f"({words})" in refused.told(translator(locale))
        assert refused.values["scope"] == "BANKING"

    def test_leaves_data_alone_that_reads_like_a_word(self) -> None:
        refused = BadInput("input.name", "choose one of {choices}", choices="bank line")

        assert refused.told(SPANISH) == "input.name: elija entre bank line"

    @pytest.mark.parametrize("locale", LOCALES)
    def test_fills_the_values_of_a_problem(self, locale: str) -> None:
        refused = BadInput("input.name", "give a name of 1 to {most} signs", most=200)

        told = refused.told(translator(locale))

        assert told.startswith("input.name: ")
        assert "200" in told
        assert "{" not in told

    def test_takes_a_problem_without_values_as_it_is(self) -> None:
        refused = BadInput("query", "take out the sign {")

        assert refused.message == "query: take out the sign {"

    def test_says_the_same_after_being_copied_as_worker_processes_do(self) -> None:
        refused = copy.copy(BadInput("a.b", "at most {most} rows", most=3))

        assert isinstance(refused, BadInput)
        assert refused.path == ("a", "b")
        assert refused.message == "a.b: at most 3 rows"
