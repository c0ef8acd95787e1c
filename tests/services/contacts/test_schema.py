"""The contact book through GraphQL, as everybody who may or may not look at it."""

from datetime import timedelta
from pathlib import Path
from uuid import UUID

from services.access.policy import Scope
from services.contacts.actions import NewContact, create_contact
from services.kit import clock
from tests.support.office import BOOKS, Answered, Office
from tests.support.world import World

LIST = (
    "query($c: ID, $f: ContactFilter) { contacts(companyId: $c, filter: $f) { totalCount nodes { name } } }"
)


async def _enter(office: Office, company_id: UUID, name: str, **more: object) -> UUID:
    async with office.act() as act:
        return await create_contact(act, NewContact(company_id=company_id, name=name, **more))  # type: ignore[arg-type]


def _names(answer: Answered) -> list[str]:
    return [node["name"] for node in answer.data["contacts"]["nodes"]]


class TestContacts:
    async def test_lists_the_book_of_one_client_by_name(self, office: Office) -> None:
        joinery, bar = await office.client("Fusteria Puig SL"), await office.client("Bar Núñez SL")
        await _enter(office, joinery, "Zacarías Muebles")
        await _enter(office, joinery, "Álvarez Maderas")
        await _enter(office, bar, "Bodegas Roca")

        answer = await office.ask(office.manager, LIST, {"c": str(joinery)})

        assert _names(answer) == ["Álvarez Maderas", "Zacarías Muebles"]
        assert answer.data["contacts"]["totalCount"] == 2
        assert answer.errors == []

    async def test_finds_without_accents_and_takes_wildcards_literally(self, office: Office) -> None:
        joinery = await office.client()
        await _enter(office, joinery, "Cañellas Añón SL")
        await _enter(office, joinery, "100 % Madera")

        assert _names(await office.ask(office.owner, LIST, {"f": {"search": "ANON"}})) == ["Cañellas Añón SL"]
        assert _names(await office.ask(office.owner, LIST, {"f": {"search": "0 %"}})) == ["100 % Madera"]
        assert _names(await office.ask(office.owner, LIST, {"f": {"search": "_"}})) == []

    async def test_finds_by_one_or_two_letters_what_begins_so(self, office: Office) -> None:
        """Nearly every name has an "s" and an "l" in it."""
        joinery = await office.client()
        await _enter(office, joinery, "Solé Fustes")
        await _enter(office, joinery, "Fustes Roca SL")

        for book in ({}, {"c": str(joinery)}):
            for said, found in (
                ("s", ["Solé Fustes"]),
                ("SO", ["Solé Fustes"]),
                ("sl", []),
                ("fu", ["Fustes Roca SL"]),
                ("roc", ["Fustes Roca SL"]),
            ):
                answer = await office.ask(office.owner, LIST, {**book, "f": {"search": said}})
                assert _names(answer) == found, (book, said)

    async def test_counts_the_new_ones_of_fifteen_days_as_its_list_does(self, office: Office) -> None:
        joinery = await office.client()
        with clock.moved_to(clock.now() - timedelta(days=16)):
            await _enter(office, joinery, "Sixteen days old")
        with clock.moved_to(clock.now() - timedelta(days=14)):
            await _enter(office, joinery, "Fourteen days old")

        listed = await office.ask(office.manager, LIST, {"f": {"newOnly": True}})
        counted = await office.ask(
            office.manager,
            "query($c: ID!) { client(id: $c) { pendingWork { newContacts } } }",
            {"c": str(joinery)},
        )

        assert _names(listed) == ["Fourteen days old"]
        assert counted.data["client"]["pendingWork"]["newContacts"] == listed.data["contacts"]["totalCount"]

    async def test_pages_by_key_without_gap_or_repeat(self, office: Office) -> None:
        joinery = await office.client()
        for number in range(7):
            await _enter(office, joinery, f"Contact {number % 3}")
        document = (
            "query($a: String) { contacts(first: 3, after: $a, orderBy: NAME_DESC)"
            " { nodes { id name } pageInfo { hasNextPage endCursor } } }"
        )

        seen, after, more = [], None, True
        while more:
            page = (await office.ask(office.owner, document, {"a": after})).data["contacts"]
            seen += page["nodes"]
            after, more = page["pageInfo"]["endCursor"], page["pageInfo"]["hasNextPage"]

        assert len(seen) == len({node["id"] for node in seen}) == 7
        assert [node["name"] for node in seen] == sorted((node["name"] for node in seen), reverse=True)

    async def test_refuses_a_cursor_of_another_order(self, office: Office) -> None:
        answer = await office.ask(office.owner, '{ contacts(after: "bm8=") { nodes { id } } }')

        assert answer.codes == ["BAD_INPUT"]

    async def test_refuses_a_page_beyond_the_cap(self, office: Office) -> None:
        answer = await office.ask(office.owner, "{ contacts(first: 201) { nodes { id } } }")

        assert answer.codes == ["BAD_INPUT"]


class TestWhoSeesContacts:
    async def test_a_client_that_did_not_grant_them_is_left_out(self, office: Office) -> None:
        bar = await office.client("Bar Núñez SL")
        await _enter(office, bar, "Shown")
        joinery = await office.client(view=BOOKS - {Scope.CONTACTS})
        async with office.act(await office.client_owner(joinery)) as act:
            await create_contact(act, NewContact(company_id=joinery, name="Hidden"))

        answer = await office.ask(office.manager, LIST)

        assert _names(answer) == ["Shown"]
        assert answer.errors == []

    async def test_the_book_of_a_client_that_did_not_grant_it_is_refused_not_empty(
        self, office: Office
    ) -> None:
        joinery = await office.client(view=BOOKS - {Scope.CONTACTS})

        answer = await office.ask(office.manager, LIST, {"c": str(joinery)})

        assert answer.data == {"contacts": None}
        assert answer.codes == ["SCOPE"]
        assert answer.errors[0]["extensions"]["companies"] == [str(joinery)]

    async def test_the_book_of_a_foreign_company_is_empty_as_one_that_never_existed(
        self, office: Office, world: World
    ) -> None:
        foreign = await office.ask(office.manager, LIST, {"c": str(world.company_id)})
        never = await office.ask(office.manager, LIST, {"c": str(UUID(int=7))})

        assert foreign.data == never.data == {"contacts": {"totalCount": 0, "nodes": []}}
        assert foreign.errors == never.errors == []

    async def test_an_unassigned_manager_sees_neither_list_nor_card(self, office: Office) -> None:
        joinery = await office.client(assigned=False)
        contact = await _enter(office, joinery, "Álvarez Maderas")

        listed = await office.ask(office.manager, LIST)
        card = await office.ask(
            office.manager, "query($i: ID!) { contact(id: $i) { name } }", {"i": str(contact)}
        )

        assert _names(listed) == []
        assert card.data == {"contact": None}
        assert card.errors == []

    async def test_an_id_that_is_no_id_answers_like_one_that_never_existed(self, office: Office) -> None:
        answer = await office.ask(office.owner, '{ contact(id: "not an id") { name } }')

        assert (answer.data, answer.errors) == ({"contact": None}, [])

    async def test_a_portal_contact_sees_only_its_own_card(self, office: Office) -> None:
        joinery = await office.client()
        own = await _enter(office, joinery, "Own Card SL")
        await _enter(office, joinery, "Somebody Else SL")
        clara = await office.portal_contact(joinery, own)

        assert _names(await office.ask(clara, LIST)) == ["Own Card SL"]


class TestCreateContact:
    MAKE = """mutation($i: CreateContactInput!) {
        createContact(input: $i) { contact { name taxId } refusals { code path } } }"""

    async def test_makes_one_card_however_often_it_is_sent(self, office: Office) -> None:
        joinery = await office.client()
        given = {
            "companyId": str(joinery),
            "name": "Maderas Roca SL",
            "taxId": "b-28015865",
            "requestKey": "k1",
        }

        first = await office.ask(office.manager, self.MAKE, {"i": given})
        await office.ask(office.manager, self.MAKE, {"i": given})

        assert first.data["createContact"]["contact"] == {"name": "Maderas Roca SL", "taxId": "B28015865"}
        assert (await office.ask(office.manager, LIST)).data["contacts"]["totalCount"] == 1

    async def test_refuses_a_tax_id_with_a_wrong_check_digit_and_changes_nothing(
        self, office: Office
    ) -> None:
        joinery = await office.client()
        given = {
            "companyId": str(joinery),
            "name": "Maderas Roca SL",
            "taxId": "B28015866",
            "requestKey": "k1",
        }

        answer = await office.ask(office.manager, self.MAKE, {"i": given})

        assert answer.data["createContact"]["contact"] is None
        assert answer.data["createContact"]["refusals"] == [
            {"code": "TAX_ID_CHECK_DIGIT_WRONG", "path": ["input", "taxId"]}
        ]
        assert (await office.ask(office.manager, LIST)).data["contacts"]["totalCount"] == 0

    async def test_a_foreign_company_answers_like_one_that_never_existed(
        self, office: Office, tmp_path: Path
    ) -> None:
        stranger = await Office.open(office.database, tmp_path / "other", "Otra Gestoría SL")
        foreign = await stranger.client("Ajena SL")
        given = {"name": "X", "requestKey": "k1"}

        known = await office.ask(office.owner, self.MAKE, {"i": given | {"companyId": str(foreign)}})
        never = await office.ask(office.owner, self.MAKE, {"i": given | {"companyId": str(UUID(int=7))}})

        assert known.data == never.data
        assert known.data["createContact"]["refusals"][0]["code"] == "NOT_FOUND"
