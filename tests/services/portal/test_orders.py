"""Every order of the portal's list, both ways, page after page (HP-12, FC-09)."""

from datetime import date
from itertools import pairwise
from typing import Any

import pytest

from services.documents.orders import document_sorts
from services.kit import clock
from services.portal.queries import PORTAL_DOCUMENTS
from tests.support.builders.portal import Publisher

PAGE = """query($order: DocumentOrder!, $after: String) {
  portalDocuments(orderBy: $order, first: 2, after: $after) { nodes { number } pageInfo { hasNextPage endCursor } } }"""

RISING = {
    "ISSUED": "A1 A2 B1 E1 F1",
    "DUE": "A2 B1 F1 E1 A1",
    "NUMBER": "A1 A2 B1 E1 F1",
    "TYPE": "E1 B1 A1 A2 F1",
    "DESCRIPTION": "B1 F1 A2 E1 A1",
    "BASE": "A2 B1 A1 E1 F1",
    "TOTAL": "A2 B1 A1 E1 F1",
    "OUTSTANDING": "B1 E1 A2 A1 F1",
    "STATE": "A1 B1 F1 A2 E1",
    "READ": "A1 B1 E1 F1 A2",
}


@pytest.fixture
async def shop(publisher: Publisher) -> Publisher:
    shown: tuple[tuple[str, dict[str, Any]], ...] = (
        ("A1", {"total": "30.00", "due_on": date(2026, 9, 1), "description": "zinc roof"}),
        (
            "A2",
            {"total": "10.00", "due_on": None, "status": "PARTLY_PAID", "description": "Gate", "read": True},
        ),
        ("B1", {"kind": "DELIVERY_NOTE", "total": "20.00", "due_on": None, "description": None}),
        ("E1", {"kind": "ESTIMATE", "total": "40.00", "status": "ACCEPTED", "description": "gate and wall"}),
        ("F1", {"total": "50.00", "description": "Door", "due_on": date(2026, 2, 1)}),
    )
    for day, (number, given) in enumerate(shown, 1):
        columns = dict(given)
        read_at = clock.now() if columns.pop("read", False) else None
        await publisher.document(number, issued_on=date(2026, 1, day), read_at=read_at, **columns)
    return publisher


async def pages(shop: Publisher, order: str) -> str:
    numbers: list[str] = []
    after = None
    while True:
        answer = await shop.office.ask(shop.x, PAGE, {"order": order, "after": after})
        assert not answer.errors, answer.errors
        page = answer.data["portalDocuments"]
        numbers += [node["number"] for node in page["nodes"]]
        if not page["pageInfo"]["hasNextPage"]:
            return " ".join(numbers)
        after = page["pageInfo"]["endCursor"]


async def test_each_column_orders_the_list_both_ways(shop: Publisher) -> None:
    rising = {name: await pages(shop, f"{name}_ASC") for name in RISING}
    falling = {name: await pages(shop, f"{name}_DESC") for name in RISING}

    assert {order.rsplit("_", 1)[0] for order in PORTAL_DOCUMENTS.sorts} == set(RISING)
    assert falling == {name: " ".join(reversed(order.split())) for name, order in rising.items()}
    for name, order in RISING.items():
        places = {number: place for place, number in enumerate(rising[name].split())}
        # Ties stand in the order of ids, which is no promise to anybody.
        ties = {"READ": {"A1", "B1", "E1", "F1"}, "STATE": {"A1", "B1", "F1"}, "TYPE": {"A1", "A2", "F1"}}
        for one, next_one in pairwise(order.split()):
            if not {one, next_one} <= ties.get(name, set()):
                assert places[one] < places[next_one], f"{name}: {one} before {next_one}"


def test_purchases_have_each_order_too() -> None:
    assert document_sorts(is_read=False).keys() == document_sorts().keys()
