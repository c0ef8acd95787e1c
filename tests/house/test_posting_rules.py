"""All thirty posting rules of the Spanish chart happen: each by an act of the contract, each worked on the real engine.

A test says which rule it works by `@pytest.mark.posting_rule(number)`; it must need the database, so that no pure
function stands in for what a user does.
"""

import ast
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from graphql import GraphQLObjectType, build_schema

from tests.house.tree import ROOT

APPROVE, DRAFT, RECONCILE, CLOSE = "approveDocuments", "draftFromTemplate", "reconcile", "closeFiscalYear"

RULES: dict[int, tuple[str, str]] = {
    1: ("sale at three rates", APPROVE),
    2: ("sale under the equivalence surcharge", APPROVE),
    3: ("a professional's own invoice", APPROVE),
    4: ("purchase by a retailer under the surcharge", APPROVE),
    5: ("expense of a professional with withholding", APPROVE),
    6: ("rent with withholding", APPROVE),
    7: ("intra-EU purchase", APPROVE),
    8: ("reverse charge, service from abroad", APPROVE),
    9: ("intra-EU sale, export", APPROVE),
    10: ("VAT half deductible", APPROVE),
    11: ("credit note issued", "rectifyDocument"),
    12: ("credit note received", "rectifyDocument"),
    13: ("collection and payment", RECONCILE),
    14: ("collection net of a fee", RECONCILE),
    15: ("bank fee, interest received", RECONCILE),
    16: ("returned direct debit", RECONCILE),
    17: ("advance of a customer", "deductAdvance"),
    18: ("payroll and its payments", DRAFT),
    19: ("fixed asset", APPROVE),
    20: ("depreciation", DRAFT),
    21: ("VAT settlement", "fileTaxReturn"),
    22: ("paying a return", DRAFT),
    23: ("stock, accruals, reclassification, doubtful customers", DRAFT),
    24: ("corporate tax", DRAFT),
    25: ("regularisation", CLOSE),
    26: ("closing", CLOSE),
    27: ("opening", CLOSE),
    28: ("distribution of the result", DRAFT),
    29: ("exchange difference", RECONCILE),
    30: ("unknown bank movement", RECONCILE),
}
"""Number, what happens, and the act by which a user makes it happen."""

ENGINE = ("office", "demo")
"""Fixtures that stand on the real engine."""


class Worked(NamedTuple):
    """A test that works a rule."""

    number: int
    place: str
    on_engine: bool


def worked() -> Iterator[Worked]:
    """This will find every mark in the tests."""
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        source = path.read_text()
        if "posting_rule(" not in source:
            continue
        for node in ast.walk(ast.parse(source)):
            if not isinstance(node, ast.AsyncFunctionDef | ast.FunctionDef):
                continue
            arguments = {argument.arg for argument in node.args.args}
            for decorator in node.decorator_list:
                for number in numbers_in(decorator):
                    place = f"{path.relative_to(ROOT)}::{node.name}"
                    yield Worked(number, place, bool(arguments & set(ENGINE)))


def numbers_in(decorator: ast.expr) -> Iterator[int]:
    """The rules that a decorator names, in the marks of its parameters too."""
    for call in ast.walk(decorator):
        if (
            isinstance(call, ast.Call)
            and isinstance(call.func, ast.Attribute)
            and call.func.attr == "posting_rule"
        ):
            for argument in call.args:
                assert isinstance(argument, ast.Constant), ast.unparse(call)
                assert isinstance(argument.value, int), ast.unparse(call)
                yield argument.value


def test_there_are_thirty() -> None:
    assert list(RULES) == list(range(1, 31))


def test_every_rule_is_worked_on_the_engine() -> None:
    tests: defaultdict[int, list[str]] = defaultdict(list)
    for one in worked():
        assert one.on_engine, f"{one.place} works rule {one.number} without the engine"
        tests[one.number].append(one.place)

    missing = {number: event for number, (event, _) in RULES.items() if number not in tests}
    assert missing == {}
    assert set(tests) == set(RULES)


def test_every_rule_has_an_act_in_the_contract() -> None:
    mutation = build_schema((ROOT / "schema.graphql").read_text()).mutation_type

    assert isinstance(mutation, GraphQLObjectType)
    assert {act for _, act in RULES.values()} - set(mutation.fields) == set()
