"""A view is a person's own: kept under a name, changed by saving again, and nobody else's to see or delete."""

from typing import Any

import pytest
from sqlalchemy import text

from services.access.interface import Viewer
from tests.support.office import BOOKS, Answered, Office

SAVE = "mutation($i: SaveViewInput!) { saveView(input: $i) { id refusals { code path } } }"
DELETE = "mutation($id: ID!) { deleteView(id: $id) { id refusals { code path } } }"
VIEWS = "query($l: String!) { savedViews(listName: $l) { id name search } }"
SALES = "documents/sales"


async def _save(office: Office, who: Viewer, **given: str) -> dict[str, Any]:
    asked = {"listName": SALES, "name": "Overdue", "search": "?unpaid=true", **given}
    kept: dict[str, Any] = (await office.ask(who, SAVE, {"i": asked})).data["saveView"]
    return kept


async def _views(office: Office, who: Viewer, list_name: str = SALES) -> list[dict[str, str]]:
    views: list[dict[str, str]] = (await office.ask(who, VIEWS, {"l": list_name})).data["savedViews"]
    return views


class TestAViewOfAList:
    async def test_is_found_again_by_name_in_its_own_list_only(self, office: Office) -> None:
        await _save(office, office.manager, name="  Unread ", search="?read=UNREAD")
        await _save(office, office.manager, name="Drafts", search="?status=DRAFT")

        views = await _views(office, office.manager)

        assert [(view["name"], view["search"]) for view in views] == [
            ("Drafts", "?status=DRAFT"),
            ("Unread", "?read=UNREAD"),
        ]
        assert await _views(office, office.manager, "documents/purchases") == []

    async def test_of_the_same_name_takes_the_new_address(self, office: Office) -> None:
        first = await _save(office, office.manager)
        again = await _save(office, office.manager, search="?unpaid=true&status=APPROVED")

        assert again["id"] == first["id"]
        assert [view["search"] for view in await _views(office, office.manager)] == [
            "?unpaid=true&status=APPROVED"
        ]

    async def test_is_gone_when_deleted(self, office: Office) -> None:
        kept = await _save(office, office.manager)

        answer = await office.ask(office.manager, DELETE, {"id": kept["id"]})

        assert answer.data["deleteView"] == {"id": kept["id"], "refusals": []}
        assert await _views(office, office.manager) == []

    @pytest.mark.parametrize(
        ("given", "path"),
        [
            ({"name": "   "}, ["input", "name"]),
            ({"name": "x" * 61}, ["input", "name"]),
            ({"listName": "../clients"}, ["input", "listName"]),
            ({"search": "https://elsewhere.example"}, ["input", "search"]),
            ({"search": "?" + "x" * 2000}, ["input", "search"]),
        ],
    )
    async def test_that_cannot_be_is_refused_at_its_field(
        self, office: Office, given: dict[str, str], path: list[str]
    ) -> None:
        kept = await _save(office, office.manager, **given)

        assert kept == {"id": None, "refusals": [{"code": "BAD_INPUT", "path": path}]}

    async def test_is_one_of_fifty_at_most(self, office: Office) -> None:
        async with office.act(office.manager) as act:
            await act.session.execute(
                text(
                    "insert into saved_view (id, membership_id, list_name, name, search, created_at)"
                    " select gen_random_uuid(), :m, 'documents/sales', 'View ' || n, '', now()"
                    " from generate_series(1, 50) n"
                ),
                {"m": office.manager.id},
            )

        kept = await _save(office, office.manager)

        assert kept["refusals"] == [{"code": "TOO_MANY_VIEWS", "path": []}]


class TestAnotherPerson:
    async def test_sees_none_of_it_and_may_use_the_same_name(self, office: Office) -> None:
        await _save(office, office.manager)

        assert await _views(office, office.owner) == []
        await _save(office, office.owner, search="?status=DRAFT")
        assert [view["search"] for view in await _views(office, office.manager)] == ["?unpaid=true"]

    async def test_cannot_delete_it_and_learns_nothing(self, office: Office) -> None:
        kept = await _save(office, office.manager)

        foreign = await office.ask(office.owner, DELETE, {"id": kept["id"]})
        never = await office.ask(office.owner, DELETE, {"id": str(office.firm_id)})

        assert foreign.data == never.data
        assert foreign.data["deleteView"]["refusals"] == [{"code": "NOT_FOUND", "path": ["id"]}]
        assert len(await _views(office, office.manager)) == 1

    async def test_is_kept_out_by_the_wall_alone(self, office: Office) -> None:
        await _save(office, office.manager)
        joinery = await office.client()
        client_owner = await office.client_owner(joinery)

        for other, count in ((office.manager, 1), (office.owner, 0), (client_owner, 0), (None, 0)):
            async with office.database.read(other.id if other else None) as session:
                assert await session.scalar(text("select count(*) from saved_view")) == count

    async def test_cannot_be_given_one(self, office: Office) -> None:
        with pytest.raises(Exception, match="row-level security"):
            async with office.act(office.owner) as act:
                await act.session.execute(
                    text(
                        "insert into saved_view (id, membership_id, list_name, name, search, created_at)"
                        " values (gen_random_uuid(), :m, 'documents/sales', 'Planted', '', now())"
                    ),
                    {"m": office.manager.id},
                )

    async def test_who_is_an_app_keeps_none(self, office: Office) -> None:
        joinery = await office.client()
        client_owner = await office.client_owner(joinery)
        app = await office.partner(joinery, BOOKS, client_owner)

        answer: Answered = await office.ask(
            app, SAVE, {"i": {"listName": SALES, "name": "Overdue", "search": ""}}
        )

        assert answer.data["saveView"]["refusals"][0]["code"] == "NOT_FOUND"
