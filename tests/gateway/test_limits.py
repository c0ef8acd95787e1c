"""What an operation may ask: counted once per fragment, whatever the fragments do."""

import time

import pytest
from graphql import get_introspection_query, parse

from gateway.limits import OWN_APPS, PARTNERS, IntrospectionRefused, Limits, OperationTooLarge, check

SMALL = Limits(depth=3, fields=6, roots=2, aliases=1, directives=1, cost=10, introspection=False)


def refused(document: str, limits: Limits = SMALL) -> str | None:
    """What there is too much of, or None."""
    try:
        check(parse(document), limits)
    except OperationTooLarge as error:
        return str(error.values["what"])
    return None


def doubling(count: int) -> str:
    """A document whose fragments would be two to the power of `count` fields if they were written out."""
    fragments = "".join(f"fragment F{i} on Contact{{...F{i + 1} ...F{i + 1}}}" for i in range(count))
    return f"{{contact{{...F0}}}}{fragments}fragment F{count} on Contact{{name}}"


@pytest.mark.parametrize(
    ("document", "what"),
    [
        ("{a{b{c}}}", None),
        ("{a{b{c{d}}}}", "levels"),
        ("{a b}", None),
        ("{a b c}", "root fields"),
        ("{...R} fragment R on Query{a b c}", "root fields"),
        ("{... on Query{a b} ...{c}}", "root fields"),
        ("{a{b c d e f}}", None),
        ("{a{b c d e f g}}", "fields"),
        ("{a{...F ...F}} fragment F on A{b c d}", "fields"),
        ("{x:a y:b}", "aliases"),
        ("{a @x @y}", "directives"),
        ("{a{... on A @x @x{b}}}", "directives"),
        ("{a} query Second{a b c}", "root fields"),
        ("{a{...F}} fragment F on A{...G} fragment G on A{b{c{d}}}", "levels"),
    ],
)
def test_counts(document: str, what: str | None) -> None:
    assert refused(document) == what


@pytest.mark.parametrize(
    "document",
    [
        "{a{...F}} fragment F on A{...F}",
        "{a{...F}} fragment F on A{b ...G} fragment G on A{c ...F}",
        "{a{...Nowhere}}",
    ],
)
def test_leaves_cycles_and_gaps_to_validation(document: str) -> None:
    assert refused(document) is None


def test_refuses_a_long_chain_of_fragments_before_it_exhausts_the_stack() -> None:
    chain = "".join(f"fragment F{i} on A{{...F{i + 1}}}" for i in range(480))

    assert refused(f"{{a{{...F0}}}}{chain}fragment F480 on A{{b}}", PARTNERS) == "levels"
    assert refused(f"{{a{{...F440}}}}{chain}fragment F480 on A{{b}}", PARTNERS) is None


def test_visits_a_fragment_once_however_often_it_is_spread() -> None:
    document = parse(doubling(180))
    check(parse("{a}"), PARTNERS)
    started = time.process_time()

    with pytest.raises(OperationTooLarge):
        check(document, PARTNERS)

    assert time.process_time() - started < 0.1


class TestIntrospection:
    @pytest.mark.parametrize(
        "document",
        [
            "{__schema{queryType{name}}}",
            '{__type(name:"Query"){name}}',
            "{...F} fragment F on Query{__schema{queryType{name}}}",
            "{a:__schema{queryType{name}}}",
            "{... on Query{... on Query{__schema{queryType{name}}}}}",
        ],
    )
    def test_is_refused_wherever_it_hides(self, document: str) -> None:
        with pytest.raises(IntrospectionRefused):
            check(parse(document), OWN_APPS)

    def test_type_names_are_none(self) -> None:
        check(parse("{__typename contact{__typename}}"), OWN_APPS)

    def test_of_the_explorer_fits_the_partners_limits(self) -> None:
        question = get_introspection_query(
            specified_by_url=True,
            directive_is_repeatable=True,
            schema_description=True,
            input_value_deprecation=True,
        )

        check(parse(question), PARTNERS)

    def test_is_bounded_in_depth(self) -> None:
        deep = "ofType{" * 20 + "name" + "}" * 20

        assert refused(f"{{__schema{{types{{{deep}}}}}}}", PARTNERS) == "levels"
