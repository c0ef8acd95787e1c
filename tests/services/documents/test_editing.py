"""Changing drafts: edit, delete, duplicate."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import text

from services.documents.actions.editing import delete_document, duplicate_document, update_document
from services.documents.actions.entered import NewDocument
from services.documents.actions.refusals import (
    NotEditable,
    VersionOutdated,
)
from services.documents.rules.conversions import (
    MoreThanLeft,
    NothingLeft,
)
from services.kit.errors import BadInput, NotFound
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


class TestEditing:
    async def test_gives_a_draft_another_content(self, office: Office) -> None:
        company_id = await issuer(office)
        document_id = await draft(office, company_id, None)
        content = NewDocument(
            company_id="", kind="", contact_id=None, issued_on=LATER, lines=(piece("10"), piece("20", "2"))
        )

        async with office.act() as act:
            await update_document(act, document_id, 1, content)

        changed = await row(office, document_id)
        assert (changed.total, changed.issued_on, changed.version) == (Decimal("60.50"), LATER, 2)
        assert changed.status == "PENDING_REVIEW"
        with pytest.raises(VersionOutdated):
            async with office.act() as act:
                await update_document(act, document_id, 1, content)

    async def test_keeps_what_a_line_was_converted_from(self, office: Office) -> None:
        company_id = await issuer(office)
        order = await approved(
            office,
            company_id,
            await customer(office, company_id),
            kind="SALES_ORDER",
            lines=(piece("10", "5"),),
        )
        invoice = await convert(office, order, "SALES_INVOICE", {(await line_ids(office, order))[0]: "2"})
        [line_id] = await line_ids(office, invoice)
        kept = await row(office, invoice)

        async def edit(quantity: str, version: int) -> None:
            async with office.act() as act:
                await update_document(
                    act,
                    invoice,
                    version,
                    NewDocument(
                        company_id="",
                        kind="",
                        contact_id=kept.contact_id,
                        issued_on=LATER,
                        lines=(piece("10", quantity, id=line_id),),
                    ),
                )

        await edit("5", 1)
        with pytest.raises(MoreThanLeft):
            await edit("6", 2)
        with pytest.raises(NothingLeft):
            await convert(office, order, "DELIVERY_NOTE")

    async def test_is_over_once_a_document_is_approved(self, office: Office) -> None:
        company_id = await issuer(office)
        document_id = await approved(office, company_id, await customer(office, company_id))
        content = NewDocument(company_id="", kind="", contact_id=None, issued_on=LATER, lines=(piece("10"),))

        with pytest.raises(NotEditable):
            async with office.act() as act:
                await update_document(act, document_id, 1, content)
        with pytest.raises(NotEditable):
            async with office.act() as act:
                await delete_document(act, document_id)

    async def test_refuses_lines_of_other_documents(self, office: Office) -> None:
        company_id = await issuer(office)
        mine, other = await draft(office, company_id, None), await draft(office, company_id, None)
        [foreign] = await line_ids(office, other)

        with pytest.raises(BadInput):
            async with office.act() as act:
                await update_document(
                    act,
                    mine,
                    1,
                    NewDocument(
                        company_id="",
                        kind="",
                        contact_id=None,
                        issued_on=LATER,
                        lines=(piece("10", id=foreign),),
                    ),
                )

    async def test_deletes_drafts_only(self, office: Office) -> None:
        company_id = await issuer(office)
        gone = await draft(office, company_id, None, status="DRAFT")

        async with office.act() as act:
            await delete_document(act, gone)

        async with office.act() as act:
            assert (
                await act.session.scalar(text("select count(*) from document where id = :d"), {"d": gone})
                == 0
            )

    async def test_duplicates_what_a_document_says(self, office: Office) -> None:
        company_id = await issuer(office)
        first = await approved(
            office, company_id, await customer(office, company_id), due_on=date(2026, 4, 1)
        )

        async with office.act() as act:
            made = await duplicate_document(act, first, issued_on=LATER, request_key="again")
            assert await duplicate_document(act, first, issued_on=LATER, request_key="again") == made

        copy = await row(office, made)
        assert (copy.status, copy.number, copy.total, copy.due_on) == (
            "DRAFT",
            None,
            Decimal("121.00"),
            date(2026, 4, 8),
        )

    async def test_is_not_for_strangers(self, office: Office) -> None:
        company_id = await issuer(office)
        document_id = await draft(office, company_id, None, status="DRAFT")
        stranger = await office.client_owner(await issuer(office, "Tallers Mistral SL"))

        with pytest.raises(NotFound):
            async with office.act(stranger) as act:
                await delete_document(act, document_id)
