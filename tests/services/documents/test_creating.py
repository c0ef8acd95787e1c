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
