"""Documents that go on, whole, in part, or several into one."""

from decimal import Decimal

import pytest

from services.documents.actions.converting import ConversionSource, convert_documents
from services.documents.actions.deciding import cancel_document
from services.documents.interface import approve_document
from services.documents.rules.conversions import (
    ConversionMixed,
    ConversionRefused,
    MoreThanLeft,
    NothingLeft,
)
from tests.support.builders.documents import (
    LATER,
    approved,
    convert,
    customer,
    draft,
    issuer,
    line_ids,
    piece,
    row,
)
from tests.support.office import Office


class TestConverting:
    async def test_goes_from_estimate_to_order_to_note_to_invoice(self, office: Office) -> None:
        company_id = await issuer(office)
        at = await approved(office, company_id, await customer(office, company_id), kind="ESTIMATE")

        for step in ("SALES_ORDER", "DELIVERY_NOTE", "SALES_INVOICE"):
            at = await convert(office, at, step)
            async with office.act() as act:
                await approve_document(act, at)

        invoice = await row(office, at)
        assert (invoice.kind, invoice.number, invoice.total) == (
            "SALES_INVOICE",
            "FV26-000001",
            Decimal("121.00"),
        )

    async def test_takes_parts_and_never_more_than_is_left(self, office: Office) -> None:
        company_id = await issuer(office)
        order = await approved(
            office,
            company_id,
            await customer(office, company_id),
            kind="SALES_ORDER",
            lines=(piece("10", "5"), piece("7", "2")),
        )
        first, second = await line_ids(office, order)

        note = await convert(office, order, "DELIVERY_NOTE", {first: "3"})
        with pytest.raises(MoreThanLeft) as refusal:
            await convert(office, order, "DELIVERY_NOTE", {first: "3", second: "1"})
        rest = await convert(office, order, "DELIVERY_NOTE")

        assert refusal.value.values["left"] == Decimal(2)
        assert ((await row(office, note)).taxable_base, (await row(office, rest)).taxable_base) == (
            Decimal("30.00"),
            Decimal("34.00"),
        )
        with pytest.raises(NothingLeft):
            await convert(office, order, "SALES_INVOICE")
        async with office.act() as act:
            await cancel_document(act, rest)
        invoice = await convert(office, order, "SALES_INVOICE")
        assert (await row(office, invoice)).taxable_base == Decimal("34.00")

    async def test_puts_several_into_one(self, office: Office) -> None:
        company_id = await issuer(office)
        contact_id = await customer(office, company_id)
        notes = [
            await approved(office, company_id, contact_id, kind="DELIVERY_NOTE", lines=(piece(price),))
            for price in ("10", "20")
        ]
        sources = [ConversionSource(document_id=one, quantities={}) for one in notes]

        async with office.act() as act:
            made = await convert_documents(act, sources, "SALES_INVOICE", issued_on=LATER, request_key="one")
        async with office.act() as act:
            again = await convert_documents(act, sources, "SALES_INVOICE", issued_on=LATER, request_key="one")

        assert again == made
        assert (await row(office, made)).taxable_base == Decimal("30.00")

    async def test_is_refused_across_contacts_and_for_wrong_steps(self, office: Office) -> None:
        company_id = await issuer(office)
        one, two = [
            await approved(office, company_id, await customer(office, company_id, name), kind="DELIVERY_NOTE")
            for name in ("Cafés Brisa SL", "Forn Nou SL")
        ]

        with pytest.raises(ConversionMixed):
            async with office.act() as act:
                await convert_documents(
                    act,
                    [ConversionSource(document_id=each, quantities={}) for each in (one, two)],
                    "SALES_INVOICE",
                    issued_on=LATER,
                    request_key="mixed",
                )
        for source, wanted in ((one, "ESTIMATE"), (one, "PURCHASE_INVOICE")):
            with pytest.raises(ConversionRefused):
                await convert(office, source, wanted)
        with pytest.raises(ConversionRefused):
            await convert(office, await draft(office, company_id, None, kind="SALES_ORDER"), "SALES_INVOICE")

    async def test_holds_both_ways_in_the_lists(self, office: Office) -> None:
        company_id = await issuer(office)
        order = await approved(
            office,
            company_id,
            await customer(office, company_id),
            kind="SALES_ORDER",
            lines=(piece("10", "5"),),
        )
        note = await convert(office, order, "DELIVERY_NOTE", {(await line_ids(office, order))[0]: "2"})
        asked = """query ($id: ID!) { salesDocument(id: $id) {
            convertedFrom { id } convertedInto { id } lines { remainingQuantity } } }"""

        of_order = await office.ask(office.owner, asked, {"id": str(order)})
        of_note = await office.ask(office.owner, asked, {"id": str(note)})

        assert of_order.data["salesDocument"] == {
            "convertedFrom": [],
            "convertedInto": [{"id": str(note)}],
            "lines": [{"remainingQuantity": "3.0000"}],
        }
        assert of_note.data["salesDocument"]["convertedFrom"] == [{"id": str(order)}]
