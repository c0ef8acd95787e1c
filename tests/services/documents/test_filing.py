"""Papers of documents: each content once, whose they are, and which one stays."""

from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from services.access.policy import Scope
from services.documents.actions.filing import PAPERS_MAX
from services.documents.interface import attach
from services.kit.errors import NotFound
from services.uploads.interface import record_upload
from tests.support.builders.documents import approved, customer, draft, issuer
from tests.support.builders.documents import sent as handed_out
from tests.support.office import Office


class TestAttachments:
    async def test_are_attached_once(self, office: Office) -> None:
        company_id = await issuer(office)
        document_id = await draft(office, company_id, None)
        file: dict[str, Any] = {
            "filename": "ticket.pdf",
            "media_type": "application/pdf",
            "size": 3,
            "sha256": "a" * 64,
        }

        async with office.act() as act:
            first = await attach(act, document_id=document_id, **file)
            second = await attach(act, document_id=document_id, **file)

        assert first == second

    async def test_of_documents_out_of_reach_are_not_found(self, office: Office) -> None:
        company_id = await issuer(office, assigned=False)
        document_id = await draft(office, company_id, None)

        async with office.act(office.manager) as act:
            with pytest.raises(NotFound):
                await attach(
                    act,
                    document_id=document_id,
                    filename="x",
                    media_type="text/plain",
                    size=1,
                    sha256="b" * 64,
                )


ATTACH = """mutation ($id: ID!, $upload: ID!) { attachDocumentPaper(documentId: $id, uploadId: $upload) {
  refusals { code path } salesDocument { attachments { id filename url } }
  purchaseDocument { attachments { id filename url } } } }"""
DETACH = """mutation ($id: ID!) { detachDocumentPaper(id: $id) {
  refusals { code path } purchaseDocument { attachments { id } } salesDocument { attachments { id } } } }"""


class TestPapers:
    async def test_come_and_go_on_a_draft_of_either_side(self, office: Office) -> None:
        company_id = await issuer(office)
        sold = str(await draft(office, company_id, None))
        bought = str(await draft(office, company_id, None, kind="EXPENSE"))

        for document_id, purpose, field in (
            (sold, "SALES", "salesDocument"),
            (bought, "PURCHASES", "purchaseDocument"),
        ):
            given = {"id": document_id, "upload": await sent(office, company_id, purpose)}
            await office.ask(office.bookkeeper, ATTACH, given)
            again = (await office.ask(office.bookkeeper, ATTACH, given)).data["attachDocumentPaper"]
            (paper,) = again[field]["attachments"]
            gone = await office.ask(office.bookkeeper, DETACH, {"id": paper["id"]})

            assert (again["refusals"], paper["filename"], paper["url"]) == (
                [],
                "ticket.pdf",
                "/files/attachment",
            )
            assert gone.data["detachDocumentPaper"][field] == {"attachments": []}

    async def test_are_taken_from_uploads_of_their_side_and_company(self, office: Office) -> None:
        company_id = await issuer(office)
        bought = str(await draft(office, company_id, None, kind="EXPENSE"))
        other_side = await sent(office, company_id, "SALES")
        elsewhere = await sent(office, await issuer(office, "Una altra SL"), "PURCHASES")

        for upload in (other_side, elsewhere):
            answer = await office.ask(office.bookkeeper, ATTACH, {"id": bought, "upload": upload})

            refusals = answer.data["attachDocumentPaper"]["refusals"]
            assert refusals == [{"code": "NOT_FOUND", "path": ["uploadId"]}]

    async def test_of_an_approved_purchase_stay_unless_another_is_there(self, office: Office) -> None:
        company_id = await issuer(office)
        supplier = await customer(office, company_id)
        bought = str(await approved(office, company_id, supplier, kind="PURCHASE_INVOICE", number="A-1"))
        given = {"id": bought, "upload": await sent(office, company_id, "PURCHASES")}
        first = (await office.ask(office.bookkeeper, ATTACH, given)).data["attachDocumentPaper"]
        paper = first["purchaseDocument"]["attachments"][0]["id"]

        refused = await office.ask(office.bookkeeper, DETACH, {"id": paper})
        better = await sent(office, company_id, "PURCHASES", b"%PDF-1.7 a better scan")
        await office.ask(office.bookkeeper, ATTACH, {"id": bought, "upload": better})
        gone = await office.ask(office.bookkeeper, DETACH, {"id": paper})

        assert refused.data["detachDocumentPaper"]["refusals"][0]["code"] == "LAST_PAPER_STAYS"
        assert gone.data["detachDocumentPaper"]["refusals"] == []
        assert len(gone.data["detachDocumentPaper"]["purchaseDocument"]["attachments"]) == 1

    async def test_end_at_a_number_that_a_page_can_list(self, office: Office) -> None:
        company_id = await issuer(office)
        document_id = await draft(office, company_id, None)
        async with office.act() as act:
            for number in range(PAPERS_MAX):
                await attach(
                    act,
                    document_id=document_id,
                    filename="x",
                    media_type="text/plain",
                    size=1,
                    sha256=f"{number:064}",
                )

        upload = await sent(office, company_id, "SALES")
        answer = await office.ask(office.bookkeeper, ATTACH, {"id": str(document_id), "upload": upload})

        assert answer.data["attachDocumentPaper"]["refusals"][0]["code"] == "PAPERS_TOO_MANY"

    async def test_are_nobody_elses(self, office: Office, tmp_path: Path) -> None:
        company_id = await issuer(office)
        contact_id = await customer(office, company_id)
        sold = str(await handed_out(office, company_id, contact_id))
        given = {"id": sold, "upload": await sent(office, company_id, "SALES")}
        kept = await office.ask(office.bookkeeper, ATTACH, given)
        paper = kept.data["attachDocumentPaper"]["salesDocument"]["attachments"][0]["id"]
        stranger = await Office.open(office.database, tmp_path / "stranger", "Assessoria Lluna SL")
        looks_only = await office.employee(company_id, view=frozenset({Scope.SALES}))
        reader = await office.portal_contact(company_id, contact_id)
        asked = "query ($id: ID!) { salesDocument(id: $id) { number attachments { id } } }"

        foreign = [
            (await stranger.ask(stranger.owner, text, {"id": about, "upload": given["upload"]})).data
            for text, about in ((ATTACH, sold), (DETACH, paper))
        ]
        inside = await office.ask(looks_only, DETACH, {"id": paper})
        contact = await office.ask(reader, asked, {"id": sold})

        assert [answer[name]["refusals"][0]["code"] for answer in foreign for name in answer] == [
            "NOT_FOUND"
        ] * 2
        assert inside.data["detachDocumentPaper"]["refusals"][0]["code"] == "DENIED"
        assert (contact.data["salesDocument"]["attachments"], contact.codes) == (None, ["ROLE"])


async def sent(office: Office, company_id: UUID, purpose: str, content: bytes = b"%PDF-1.7 a paper") -> str:
    """A file that the bookkeeper sent for documents of a side."""
    async with office.act(office.bookkeeper) as act:
        upload_id = await record_upload(
            act,
            office.store,
            company_id=company_id,
            purpose=purpose,
            filename="ticket.pdf",
            media_type="application/pdf",
            content=content,
        )
    return str(upload_id)
