"""Many cards archived and restored at once: each by itself, and none of a book out of reach."""

from pathlib import Path
from uuid import UUID, uuid4

from services.access.policy import Scope
from services.contacts.actions import NewContact, create_contact
from services.kit.db import Database
from tests.support.office import BOOKS, Office

ARCHIVE = """mutation($ids: [ID!]!) { archiveContacts(ids: $ids) {
  results { id contact { archivedAt } refusals { code } } refusals { code path } } }"""
RESTORE = ARCHIVE.replace("archiveContacts", "restoreContacts")
LIST = "query($a: Boolean!) { contacts(archived: $a) { nodes { name } } }"


async def _make(office: Office, company_id: UUID, *names: str) -> list[str]:
    async with office.act() as act:
        return [
            str(await create_contact(act, NewContact(company_id=company_id, name=name))) for name in names
        ]


async def _names(office: Office, *, archived: bool) -> list[str]:
    answer = await office.ask(office.manager, LIST, {"a": archived})
    return [node["name"] for node in answer.data["contacts"]["nodes"]]


class TestArchiveContacts:
    async def test_takes_the_chosen_ones_out_of_the_list_and_back(self, office: Office) -> None:
        joinery = await office.client()
        oak, pine, _ = await _make(
            office, joinery, "Maderas Roble SL", "Maderas Pino SL", "Ferretería Sol SL"
        )

        answer = await office.ask(office.manager, ARCHIVE, {"ids": [oak, pine]})

        results = answer.data["archiveContacts"]["results"]
        assert [one["id"] for one in results] == [oak, pine]
        assert all(one["contact"]["archivedAt"] and not one["refusals"] for one in results)
        assert await _names(office, archived=False) == ["Ferretería Sol SL"]
        assert await _names(office, archived=True) == ["Maderas Pino SL", "Maderas Roble SL"]

        await office.ask(office.manager, RESTORE, {"ids": [oak, pine]})
        assert await _names(office, archived=True) == []

    async def test_tells_of_each_and_leaves_the_others_done(self, office: Office) -> None:
        joinery = await office.client()
        [oak] = await _make(office, joinery, "Maderas Roble SL")

        answer = await office.ask(office.manager, ARCHIVE, {"ids": [str(uuid4()), oak]})

        gone, done = answer.data["archiveContacts"]["results"]
        assert [refusal["code"] for refusal in gone["refusals"]] == ["NOT_FOUND"]
        assert done["refusals"] == []
        assert await _names(office, archived=True) == ["Maderas Roble SL"]

    async def test_refuses_none_and_more_than_a_hundred(self, office: Office) -> None:
        for ids in ([], [str(uuid4()) for _ in range(101)]):
            answer = await office.ask(office.manager, ARCHIVE, {"ids": ids})
            [refusal] = answer.data["archiveContacts"]["refusals"]
            assert refusal["path"] == ["ids"]

    async def test_is_closed_to_strangers_and_to_who_may_only_look(
        self, office: Office, database: Database, tmp_path: Path
    ) -> None:
        looked_at = await office.client(edit=BOOKS - {Scope.CONTACTS})
        [oak] = await _as_owner_of(office, looked_at)
        other_office = await Office.open(database, tmp_path / "other", "Gestoría Mar SL")

        denied = await office.ask(office.manager, ARCHIVE, {"ids": [oak]})
        foreign = await other_office.ask(other_office.owner, ARCHIVE, {"ids": [oak]})

        codes = [
            one["results"][0]["refusals"][0]["code"]
            for one in (denied.data["archiveContacts"], foreign.data["archiveContacts"])
        ]
        assert codes == ["DENIED", "NOT_FOUND"]
        assert await _names(office, archived=True) == []


async def _as_owner_of(office: Office, company_id: UUID) -> list[str]:
    """A card that the client itself wrote."""
    async with office.act(await office.client_owner(company_id)) as act:
        return [str(await create_contact(act, NewContact(company_id=company_id, name="Maderas Roble SL")))]
