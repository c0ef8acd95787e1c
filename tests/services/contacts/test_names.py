"""Which names are the same business."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.contacts.rules.names import Likeness, Named, Pair, match_key, similar_keys, similar_pairs


class TestMatchKey:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("Fustería Puig, S.L.", "FUSTERIA PUIG SL"),
            ("Puig Fusteria S. L. U.", "Fusteria Puig"),
            ("Talleres y Grúas Núñez, Sociedad Limitada", "Talleres Gruas Nunez S.L.U."),
            ("Construccions L'Empordà SA", "CONSTRUCCIONS LEMPORDA, S.A."),
            ("Café-Bar Roca", "Cafe Bar Roca"),
            ("Malmö Snickeri AB", "malmo snickeri"),
        ],
    )
    def test_is_one_for_the_same_business(self, one: str, other: str) -> None:
        assert match_key(one) == match_key(other)

    def test_keeps_apart_what_differs(self) -> None:
        assert match_key("Fusteria Puig SL") != match_key("Fusteria Roig SL")

    def test_keeps_a_name_that_is_nothing_but_a_legal_form(self) -> None:
        assert match_key("S.A.") == "sa"
        assert match_key("La SL") == "la sl"

    @given(st.text(min_size=1, max_size=200).filter(lambda name: name.strip()))
    def test_takes_any_name(self, name: str) -> None:
        assert len(match_key(name)) <= 200


class TestSimilarKeys:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("fusteria puig", "fusteria puig"),
            ("fusteria puig", "fustería puig".replace("í", "i") + "g"),
            ("fusteria puig", "fustreia puig"),
            ("construcciones martinez", "construciones martines"),
        ],
    )
    def test_forgives_a_slip_of_the_hand(self, one: str, other: str) -> None:
        assert similar_keys(one, other)
        assert similar_keys(other, one)

    @pytest.mark.parametrize(
        ("one", "other"),
        [("puig", "pujg"), ("local 12", "local 13"), ("fusteria puig", "fusteria roig"), ("ana", "eva")],
    )
    def test_does_not_forgive_more(self, one: str, other: str) -> None:
        assert not similar_keys(one, other)


class TestSimilarPairs:
    def test_gives_the_surest_first_with_every_reason(self) -> None:
        cards = [
            Named("1", match_key("Fusteria Puig SL"), "B28015865", "info@puig.example"),
            Named("2", match_key("Fustería Puig"), None, "info@puig.example"),
            Named("3", match_key("Bar Roca"), None, None),
            Named("4", match_key("Bar Roca SL"), None, None),
            Named("5", match_key("Another name"), "B28015865", None),
        ]

        found = similar_pairs(cards, most=10)

        assert found == [
            Pair("1", "5", (Likeness.TAX_ID,)),
            Pair("1", "2", (Likeness.EMAIL, Likeness.NAME)),
            Pair("3", "4", (Likeness.NAME,)),
        ]

    def test_keeps_apart_who_has_two_tax_identifiers(self) -> None:
        cards = [
            Named("1", "fusteria puig", "B28015865", "a@b.es"),
            Named("2", "fusteria puig", "A28015865", "a@b.es"),
        ]

        assert similar_pairs(cards, most=10) == []

    def test_finds_a_slip_in_the_first_letter(self) -> None:
        cards = [Named("1", "fusteria puig", None, None), Named("2", "gusteria puig", None, None)]
        between = [Named(f"x{place}", f"fz{place:03d}", None, None) for place in range(20)]

        assert [(pair.older_id, pair.newer_id) for pair in similar_pairs([*cards, *between], most=10)] == [
            ("1", "2")
        ]
