"""Two cards made one: nothing is lost, and the way back gives everything again."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from services.contacts.actions import NewContact, create_contact, update_contact
from services.contacts.actions.merging import (
    BothHavePortalAccess,
    MergedAgain,
    MergeUndone,
    TaxIdsDiffer,
    merge_contacts,
    undo_merge,
)
from services.contacts.actions.refusals import ContactMerged
from services.contacts.rules.cards import CardIban
from services.kit.errors import Denied, NotFound
from tests.support.office import Office
from tests.support.world import World

IBAN, OTHER_IBAN = "ES9121000418450200051332", "ES7921000813610123456789"
CARD = """query($i: ID!) { contact(id: $i) {
    name taxId email city isCustomer isSupplier tags notes version
    salesWithholdingRate viesAnswer viesCheckedOn
    ibans { iban isDefault } mergedInto { id } mergedFrom { id } standingMerge { id } } }"""


async def _make(office: Office, company_id: UUID, name: str, **fields: Any) -> UUID:
    async with office.act() as act:
        return await create_contact(act, NewContact(company_id=company_id, name=name, **fields))


async def _merge(office: Office, kept: UUID, gone: UUID, key: str | None = None) -> UUID:
    async with office.act() as act:
        return (await merge_contacts(act, surviving_id=kept, merged_id=gone, request_key=key)).id


async def _undo(office: Office, merge_id: UUID) -> None:
    async with office.act() as act:
        await undo_merge(act, merge_id)


async def _card(office: Office, contact_id: UUID) -> dict[str, Any]:
    answer = await office.ask(office.manager, CARD, {"i": str(contact_id)})
    found: dict[str, Any] = answer.data["contact"]
    return found


async def _listed(office: Office) -> list[str]:
    answer = await office.ask(office.manager, "{ contacts { nodes { name } } }")
    return [node["name"] for node in answer.data["contacts"]["nodes"]]


class TestMergeContacts:
    async def test_fills_the_gaps_of_the_kept_card_and_takes_the_other_out_of_the_list(
        self, office: Office
    ) -> None:
        joinery = await office.client()
        kept = await _make(
            office,
            joinery,
            "Roca SL",
            city="Girona",
            is_customer=True,
            tags=("oak",),
            notes="One.",
            ibans=(CardIban(iban=IBAN),),
        )
        gone = await _make(
            office,
            joinery,
            "Maderas Roca",
            tax_id="B28015865",
            city="Olot",
            email="info@roca.example",
            is_supplier=True,
            tags=("Oak", "pine"),
            notes="Two.",
            ibans=(CardIban(iban=OTHER_IBAN),),
        )

        await _merge(office, kept, gone)

        card = await _card(office, kept)
        assert (card["name"], card["taxId"], card["email"], card["city"]) == (
            "Roca SL",
            "B28015865",
            "info@roca.example",
            "Girona",
        )
        assert (card["isCustomer"], card["isSupplier"], card["tags"]) == (True, True, ["oak", "pine"])
        assert card["notes"] == "One.\n\nTwo."
        assert card["ibans"] == [{"iban": IBAN, "isDefault": True}, {"iban": OTHER_IBAN, "isDefault": False}]
        assert card["mergedFrom"] == [{"id": str(gone)}]
        assert await _listed(office) == ["Roca SL"]
        assert (await _card(office, gone))["mergedInto"] == {"id": str(kept)}

    async def test_is_undone_without_a_trace(self, office: Office) -> None:
        joinery = await office.client()
        kept = await _make(office, joinery, "Roca SL", notes="One.")
        gone = await _make(
            office,
            joinery,
            "Maderas Roca",
            tax_id="B28015865",
            ibans=(CardIban(iban=IBAN),),
            sales_withholding_rate=Decimal("15.00"),
            vies_answer="REGISTERED",
            vies_checked_on=date(2026, 11, 20),
        )
        before = [await _card(office, one) for one in (kept, gone)]
        merge = await _merge(office, kept, gone)

        await _undo(office, merge)

        after = [await _card(office, one) for one in (kept, gone)]
        assert [{**card, "version": 0} for card in after] == [{**card, "version": 0} for card in before]
        assert await _listed(office) == ["Maderas Roca", "Roca SL"]
        with pytest.raises(MergeUndone):
            await _undo(office, merge)

    async def test_undoing_keeps_what_was_written_since(self, office: Office) -> None:
        joinery = await office.client()
        kept = await _make(office, joinery, "Roca SL")
        gone = await _make(office, joinery, "Maderas Roca", city="Olot", email="info@roca.example")
        merge = await _merge(office, kept, gone)
        version = (await _card(office, kept))["version"]
        async with office.act() as act:
            await update_contact(act, kept, version=version, changes={"city": "Girona"})

        await _undo(office, merge)

        card = await _card(office, kept)
        assert (card["city"], card["email"]) == ("Girona", None)

    async def test_makes_no_chains_and_is_undone_from_the_last_one_back(self, office: Office) -> None:
        joinery = await office.client()
        first, second, third = [await _make(office, joinery, name) for name in ("A", "B", "C")]
        one = await _merge(office, second, third)
        two = await _merge(office, first, second)

        card = await _card(office, first)
        assert {found["id"] for found in card["mergedFrom"]} == {str(second), str(third)}
        with pytest.raises(MergedAgain):
            await _undo(office, one)
        await _undo(office, two)
        assert (await _card(office, third))["mergedInto"] == {"id": str(second)}
        await _undo(office, one)
        assert await _listed(office) == ["A", "B", "C"]

    async def test_sent_twice_is_one(self, office: Office) -> None:
        joinery = await office.client()
        kept, gone = await _make(office, joinery, "Roca SL"), await _make(office, joinery, "Roca")

        assert await _merge(office, kept, gone, "k") == await _merge(office, kept, gone, "k")

    async def test_refuses_two_businesses(self, office: Office) -> None:
        joinery, bar = await office.client(), await office.client("Bar Núñez SL")
        kept = await _make(office, joinery, "Roca SL", tax_id="B28015865")
        other = await _make(office, joinery, "Roca SA", tax_id="54362315K")
        elsewhere = await _make(office, bar, "Roca SL")

        with pytest.raises(TaxIdsDiffer):
            await _merge(office, kept, other)
        with pytest.raises(NotFound):
            await _merge(office, kept, elsewhere)
        assert (await _card(office, kept))["version"] == 1

    async def test_refuses_a_card_that_stands_for_nothing_any_more(self, office: Office) -> None:
        joinery = await office.client()
        kept, gone, third = [await _make(office, joinery, name) for name in ("A", "B", "C")]
        await _merge(office, kept, gone)

        with pytest.raises(ContactMerged):
            await _merge(office, third, gone)
        with pytest.raises(ContactMerged):
            async with office.act() as act:
                await update_contact(act, gone, version=2, changes={"city": "Olot"})

    async def test_answers_strangers_like_cards_that_never_existed(
        self, office: Office, other_office: Office
    ) -> None:
        joinery = await office.client()
        kept, gone = await _make(office, joinery, "Roca SL"), await _make(office, joinery, "Roca")
        merge = await _merge(office, kept, gone)

        with pytest.raises(NotFound):
            await _merge(other_office, kept, gone)
        with pytest.raises(NotFound):
            await _undo(other_office, merge)
        answer = await other_office.ask(
            other_office.owner,
            "query($c: ID) { contactMerges(companyId: $c) { nodes { id } } }",
            {"c": str(joinery)},
        )
        assert answer.data == {"contactMerges": {"nodes": []}}


class TestPapersOfAMergedContact:
    async def test_stay_as_they_were_issued_and_are_listed_with_the_kept_card(self, office: Office) -> None:
        world = await World.open(office)
        other = await _make(office, world.company_id, "Clara Vidal SL")
        listing = "query($c: ID) { salesDocuments(filter: {contactId: $c}) { totalCount nodes { contact { id } } } }"
        before = await office.ask(office.manager, listing, {"c": str(world.ids["contact"])})

        await _merge(office, other, world.ids["contact"])

        after = await office.ask(office.manager, listing, {"c": str(other)})
        assert before.data["salesDocuments"]["totalCount"] > 0
        assert after.data == before.data

    async def test_stay_open_to_who_signs_in_as_the_contact(self, office: Office) -> None:
        world = await World.open(office)
        other = await _make(office, world.company_id, "Clara Vidal SL")
        portal = "{ portalDocuments { nodes { id } } portalProfile { name } }"
        own = "query($y: Int!) { portalHome(year: $y) { invoiceCount receivedTotal } }"
        before = (await office.ask(world.contact, portal)).data["portalDocuments"]
        home = (await office.ask(world.contact, own, {"y": 2026})).data

        merge = await _merge(office, other, world.ids["contact"])

        answer = await office.ask(world.contact, portal)
        assert answer.data["portalDocuments"] == before
        assert answer.data["portalProfile"] == {"name": "Clara Vidal SL"}
        assert (await office.ask(world.contact, own, {"y": 2026})).data == home

        await _undo(office, merge)

        answer = await office.ask(world.contact, portal)
        assert (answer.data["portalDocuments"], answer.data["portalProfile"]) == (
            before,
            {"name": "Clara Vidal"},
        )

    async def test_of_one_card_are_not_shown_to_who_signs_in_as_another(self, office: Office) -> None:
        world = await World.open(office)
        other = await _make(office, world.company_id, "Somebody else")
        stranger = await office.portal_contact(
            world.company_id, await _make(office, world.company_id, "Third")
        )

        await _merge(office, other, world.ids["contact"])

        answer = await office.ask(stranger, "{ portalDocuments { nodes { id } } }")
        assert answer.data == {"portalDocuments": {"nodes": []}}

    async def test_are_opened_to_who_signs_in_only_by_who_may_share(self, office: Office) -> None:
        world = await World.open(office)
        other = await _make(office, world.company_id, "Clara Vidal SL")

        for kept, gone in ((world.ids["contact"], other), (other, world.ids["contact"])):
            with pytest.raises(Denied) as refused:
                async with office.act(office.bookkeeper) as act:
                    await merge_contacts(act, surviving_id=kept, merged_id=gone)
            assert (refused.value.values["scope"], refused.value.values["action"]) == (
                "PORTAL_ACCESS",
                "SHARE",
            )
        third = await _make(office, world.company_id, "Third")
        async with office.act(office.bookkeeper) as act:
            await merge_contacts(act, surviving_id=third, merged_id=other)

    async def test_two_accesses_are_never_joined(self, office: Office) -> None:
        world = await World.open(office)
        other = await _make(office, world.company_id, "Clara Vidal SL")
        await office.portal_contact(world.company_id, other)

        with pytest.raises(BothHavePortalAccess):
            await _merge(office, other, world.ids["contact"])


class TestTheWallBehindAMerge:
    async def test_shows_documents_of_all_cards_and_nothing_else(self, office: Office) -> None:
        world = await World.open(office)
        other = await _make(office, world.company_id, "Clara Vidal SL")
        await _merge(office, other, world.ids["contact"])

        async with office.database.read(world.contact.id) as session:
            documents = await session.scalar(text("select count(*) from document"))
            contacts = set(await session.scalars(text("select id from contact")))

        assert documents
        assert contacts >= {other, world.ids["contact"]}
        assert len(contacts) == 3
