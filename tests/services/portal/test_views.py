"""What an issuer sees of its contact's reading: history, and marks that hold for what the document says now."""

from dataclasses import replace
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from services.access.policy import Action
from services.documents.actions.editing import lines_of, new_like, update_document
from services.documents.actions.finding import found
from services.documents.actions.refusals import ConvertedStays
from services.documents.actions.unapproving import unapprove_document
from services.documents.interface import approve_document
from services.portal.actions import record_downloaded, record_opened
from tests.support.builders.documents import approved, convert, customer, issuer
from tests.support.office import Office

VIEWS = """query ($id: ID!) { salesDocument(id: $id) { number status openedAt readAt
  views { act viewerName isCurrent } } }"""


async def seen(office: Office, document_id: UUID, viewer: Any = None) -> dict[str, Any]:
    """What the issuer's side reads; the plan's answer is graphql-core's."""
    asking = viewer or office.manager
    planned = await office.ask(asking, VIEWS, {"id": str(document_id)})
    walked = await office.ask(asking, VIEWS, {"id": str(document_id)}, planned=False)
    assert planned.data == walked.data
    found_: dict[str, Any] = planned.data["salesDocument"]
    return found_


async def corrected(office: Office, document_id: UUID, price: str) -> None:
    """Taken back, given another price, approved again."""
    async with office.act() as act:
        await unapprove_document(act, document_id)
        document = await found(act, document_id, Action.EDIT)
        lines = [replace(line, unit_price=Decimal(price)) for line in await lines_of(act, document_id)]
        await update_document(
            act, document_id, document.version, new_like(document, lines, issued_on=document.issued_on)
        )
    async with office.act() as act:
        await approve_document(act, document_id)


async def test_a_correction_counts_as_unread_and_the_history_stays(office: Office) -> None:
    company_id = await issuer(office)
    contact_id = await customer(office, company_id)
    contact = await office.portal_contact(company_id, contact_id)
    estimate = await approved(office, company_id, contact_id, kind="ESTIMATE")
    async with office.act(contact) as act:
        await record_opened(act, estimate)
        assert await record_downloaded(act, estimate)
    number = (await seen(office, estimate))["number"]

    await corrected(office, estimate, "250.00")

    now = await seen(office, estimate)
    assert (now["number"], now["status"], now["openedAt"], now["readAt"]) == (number, "APPROVED", None, None)
    assert [(one["act"], one["isCurrent"]) for one in now["views"]] == [
        ("DOWNLOADED", False),
        ("OPENED", False),
    ]
    unread = await office.ask(
        office.manager,
        "query ($c: ID!) { salesDocuments(companyId: $c, filter: {read: UNREAD}) { nodes { id } } }",
        {"c": str(company_id)},
    )
    assert unread.data["salesDocuments"]["nodes"] == [{"id": str(estimate)}]
    async with office.act(contact) as act:
        assert await record_downloaded(act, estimate), "the first of the corrected one"
    last = await seen(office, estimate)
    assert last["readAt"] is not None
    assert last["views"][0] == {"act": "DOWNLOADED", "viewerName": "Clara Vidal", "isCurrent": True}
    own = await office.ask(contact, VIEWS, {"id": str(estimate)})
    assert own.data["salesDocument"] is None or own.data["salesDocument"]["views"] is None


async def test_approving_again_without_a_change_leaves_the_marks(office: Office) -> None:
    company_id = await issuer(office)
    contact_id = await customer(office, company_id)
    contact = await office.portal_contact(company_id, contact_id)
    order = await approved(office, company_id, contact_id, kind="SALES_ORDER")
    async with office.act(contact) as act:
        await record_downloaded(act, order)

    async with office.act() as act:
        await unapprove_document(act, order)
        await approve_document(act, order)

    now = await seen(office, order)
    assert now["readAt"] is not None
    assert [one["isCurrent"] for one in now["views"]] == [True]


async def test_what_another_document_was_made_of_is_not_taken_back(office: Office) -> None:
    company_id = await issuer(office)
    order = await approved(office, company_id, await customer(office, company_id), kind="SALES_ORDER")
    await convert(office, order, "DELIVERY_NOTE")

    with pytest.raises(ConvertedStays):
        async with office.act() as act:
            await unapprove_document(act, order)
