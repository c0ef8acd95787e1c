"""Making documents: for whom, and what a request key stands for."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from sqlalchemy import text

from services.access.interface import Viewer
from services.access.policy import Action, Scope
from services.documents.actions.finding import found
from services.documents.interface import NewDocument, NewLine, create_document
from services.kit.errors import NotFound, RequestKeyUsed
from tests.support.builders.documents import approved, customer, draft, issuer, row
from tests.support.office import Office
from tests.support.world import World


def order(company_id: UUID) -> NewDocument:
    return NewDocument(
        company_id=company_id,
        kind="PURCHASE_ORDER",
        contact_id=None,
        issued_on=date(2026, 10, 20),
        lines=(NewLine(description="Paint", unit_price=Decimal(10), tax_rate=Decimal(21)),),
        request_key="once",
    )


async def _supplier(world: World) -> Viewer:
    """The contact of the world, to whom its publisher also opened purchases."""
    async with world.office.act(world.client_owner) as act:
        await act.session.execute(
            text("update membership set can_view = can_view | :b, can_edit = can_edit | :b where id = :m"),
            {"b": Scope.PURCHASES.bit, "m": world.contact.id},
        )
    return world.contact


class TestPortalContact:
    async def test_writes_no_document_of_its_publisher(self, world: World) -> None:
        supplier = await _supplier(world)

        with pytest.raises(NotFound):
            async with world.office.act(supplier) as act:
                await create_document(act, order(world.company_id))

    async def test_changes_none_that_is_made_out_to_it(self, world: World) -> None:
        supplier = await _supplier(world)

        with pytest.raises(NotFound):
            async with world.office.act(supplier) as act:
                await found(act, world.ids["purchase"], Action.EDIT)


class TestRequestKey:
    async def test_gives_the_first_document_again(self, world: World) -> None:
        async with world.office.act() as act:
            first = await create_document(act, order(world.company_id))

            assert await create_document(act, order(world.company_id)) == first

    async def test_does_not_pass_off_another_kind_for_it(self, world: World) -> None:
        async with world.office.act() as act:
            await create_document(act, order(world.company_id))

            with pytest.raises(RequestKeyUsed):
                await create_document(act, replace(order(world.company_id), kind="ESTIMATE"))


class TestSubmittingMany:
    async def test_says_what_became_of_each(self, office: Office) -> None:
        company_id = await issuer(office)
        contact_id = await customer(office, company_id)
        sale = await draft(office, company_id, contact_id, status="DRAFT")
        bought = await draft(office, company_id, contact_id, kind="EXPENSE", status="DRAFT")
        waiting = await draft(office, company_id, contact_id)
        issued = await approved(office, company_id, contact_id)
        foreign = await draft(office, await issuer(office, "Tallers Mistral SL"), None, status="DRAFT")
        viewer = await office.client_owner(company_id)
        submit = """mutation ($ids: [ID!]!) { submitDocuments(ids: $ids) { refusals { code } results { id
          refusals { code } salesDocument { status } purchaseDocument { status } } } }"""

        ids = [str(one) for one in (sale, bought, waiting, issued, foreign)]
        answer = await office.ask(viewer, submit, {"ids": ids})

        results = answer.data["submitDocuments"]["results"]
        assert [one["id"] for one in results] == ids
        assert [[refusal["code"] for refusal in one["refusals"]] for one in results] == [
            [],
            [],
            [],
            ["TRANSITION_REFUSED"],
            ["NOT_FOUND"],
        ]
        assert results[0]["salesDocument"] == results[2]["salesDocument"] == {"status": "PENDING_REVIEW"}
        assert results[1]["purchaseDocument"] == {"status": "PENDING_REVIEW"}
        assert (await row(office, foreign)).status == "DRAFT"
