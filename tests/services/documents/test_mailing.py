"""Mailing documents: the whole way from the act to a real mail server, with the PDF or with a link."""

from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from pypdf import PdfReader
from sqlalchemy import text

from services.documents.actions.mailing import EmailMissing, Mailing, NoPortalToLinkTo, mail_document
from services.documents.actions.refusals import NotApproved
from services.documents.jobs import mail_document_job
from services.kit.errors import Denied, NotFound
from services.kit.jobs import JobRefused
from services.kit.mail import send_mail_job
from services.portal.actions import record_downloaded
from services.portal.branding import NewBranding, set_branding
from tests.support.builders.documents import CARD, approved, draft, issuer, row
from tests.support.builders.journal import contact
from tests.support.mail import Mailbox, plain_sender, serving
from tests.support.office import Office

MAIL = """mutation ($id: ID!, $to: String, $language: String, $message: String = "As agreed on the phone.") {
  mailDocument(id: $id, requestKey: "k", to: $to, language: $language, message: $message) {
    refusals { code path } } }"""
TRACES = """query ($id: ID!) { salesDocument(id: $id) { mailings {
  recipient language attachesPdf message askedByName mailedAt } } }"""


async def invoiced(office: Office, **card: Any) -> tuple[UUID, UUID, UUID]:
    """A company, its customer, and an approved invoice to it."""
    company_id = await issuer(office)
    fields = {"email": "brisa@example.test", **CARD, **card}
    contact_id = await contact(office, company_id, is_customer=True, **fields)
    async with office.act() as act:
        await act.session.execute(text("update contact set language = 'ca' where id = :c"), {"c": contact_id})
    return company_id, contact_id, await approved(office, company_id, contact_id, due_on=date(2026, 4, 1))


async def waiting(office: Office, entrypoint: str, about: UUID | str) -> list[dict[str, str]]:
    """Payloads of jobs of a name that mention something."""
    async with office.act() as act:
        rows = await act.session.execute(
            text("select convert_from(payload, 'UTF8')::json from pgqueuer where entrypoint = :e"),
            {"e": entrypoint},
        )
        return [payload for payload in rows.scalars() if str(about) in "".join(payload.values())]


async def delivered(office: Office, document_id: UUID) -> Mailbox:
    """What a mail server got after the worker did all that waits for a document."""
    mailbox = Mailbox()
    for payload in await waiting(office, "mail_document", document_id):
        for _ in range(2):  # A worker may do a job again.
            await mail_document_job(office.database, office.store).handler(payload)
    async with serving(mailbox) as port:
        for payload in await waiting(office, "send_mail", document_id):
            await send_mail_job(plain_sender(port), office.store).handler(payload)
    return mailbox


class TestMailDocument:
    async def test_attaches_the_pdf_and_leaves_reading_unknown(self, office: Office) -> None:
        _, _, document_id = await invoiced(office)

        async with office.act(office.bookkeeper) as act:
            await mail_document(act, document_id, request_key="k")
        mailbox = await delivered(office, document_id)

        message = mailbox.message()
        assert message["To"] == "brisa@example.test"
        assert message["Subject"] == "Factura FV26-000001 de Fusteria Puig SL"
        (attached,) = message.iter_attachments()
        assert attached.get_filename() == "FV26-000001.pdf"
        content = attached.get_payload(decode=True)
        assert isinstance(content, bytes)
        assert "121,00" in PdfReader(BytesIO(content)).pages[0].extract_text()
        sent = await row(office, document_id)
        assert sent.sent_at is not None
        assert sent.read_at is None

    async def test_mails_once_for_a_key(self, office: Office) -> None:
        _, _, document_id = await invoiced(office)

        for _ in range(2):
            async with office.act() as act:
                await mail_document(act, document_id, request_key="k")
        mailbox = await delivered(office, document_id)

        assert len(mailbox.envelopes) == 1

    async def test_without_the_pdf_leads_into_the_portal_where_reading_is_noted(self, office: Office) -> None:
        company_id, contact_id, document_id = await invoiced(office)
        reader = await office.portal_contact(company_id, contact_id)
        owner = await office.client_owner(company_id)
        slug = f"puig-{company_id.hex[-12:]}"
        async with office.act(owner) as act:
            await set_branding(
                act, company_id, NewBranding(slug=slug, display_name="Puig", primary_color="#1f5f4a")
            )

        async with office.act() as act:
            await mail_document(act, document_id, Mailing(attach_pdf=False), request_key="k")
        message = (await delivered(office, document_id)).message()

        assert list(message.iter_attachments()) == []
        body = message.get_body(("plain",))
        assert body is not None
        assert f"/portal/{slug}/documents/{document_id}" in body.get_content()
        assert (await row(office, document_id)).read_at is None
        async with office.act(reader) as act:
            assert await record_downloaded(act, document_id)
        assert (await row(office, document_id)).read_at is not None

    async def test_refuses_what_is_no_document_to_mail(self, office: Office) -> None:
        company_id, contact_id, _ = await invoiced(office)
        waits = await draft(office, company_id, contact_id)
        bought = await approved(office, company_id, contact_id, kind="PURCHASE_INVOICE", number="P-1")

        for document_id, refusal in ((waits, NotApproved), (bought, NotFound)):
            with pytest.raises(refusal):
                async with office.act() as act:
                    await mail_document(act, document_id, request_key="k")

    async def test_refuses_contacts_that_it_could_not_reach(self, office: Office) -> None:
        _, _, silent = await invoiced(office, email=None)
        _, _, document_id = await invoiced(office)

        with pytest.raises(EmailMissing):
            async with office.act() as act:
                await mail_document(act, silent, request_key="k")
        with pytest.raises(NoPortalToLinkTo):
            async with office.act() as act:
                await mail_document(act, document_id, Mailing(attach_pdf=False), request_key="k")
        assert (await row(office, document_id)).sent_at is None

    async def test_is_refused_to_strangers_and_contacts(self, office: Office, other_office: Office) -> None:
        company_id, contact_id, document_id = await invoiced(office)
        reader = await office.portal_contact(company_id, contact_id)

        for viewer, refusal in ((other_office.owner, NotFound), (reader, (Denied, NotFound))):
            with pytest.raises(refusal):
                async with office.act(viewer) as act:
                    await mail_document(act, document_id, request_key="k")

    async def test_sends_nothing_for_somebody_who_lost_the_client_meanwhile(self, office: Office) -> None:
        _, _, document_id = await invoiced(office)
        async with office.act(office.manager) as act:
            await mail_document(act, document_id, request_key="k")
        async with office.act() as act:
            await act.session.execute(
                text("delete from client_assignment where membership_id = :m"), {"m": office.manager.id}
            )

        with pytest.raises(JobRefused):
            await delivered(office, document_id)

        assert await waiting(office, "send_mail", document_id) == []

    async def test_is_one_mutation(self, office: Office) -> None:
        _, _, document_id = await invoiced(office)
        answer = await office.ask(
            office.manager,
            """mutation ($id: ID!) { mailDocument(id: $id, requestKey: "k") {
               salesDocument { sentAt readAt } refusals { code } } }""",
            {"id": str(document_id)},
        )

        assert answer.data["mailDocument"]["refusals"] == []
        assert answer.data["mailDocument"]["salesDocument"]["sentAt"] is not None

    async def test_goes_to_another_address_in_another_language_with_a_message(self, office: Office) -> None:
        _, _, document_id = await invoiced(office)
        answer = await office.ask(
            office.bookkeeper, MAIL, {"id": str(document_id), "to": "office@brisa.test", "language": "sv"}
        )
        mailbox = await delivered(office, document_id)

        assert answer.data["mailDocument"]["refusals"] == []
        message = mailbox.message()
        assert message["To"] == "office@brisa.test"
        assert message["Subject"] == "Faktura FV26-000001 från Fusteria Puig SL"
        body = message.get_body(("plain",))
        assert body is not None
        assert body.get_content().replace("\r\n", "\n").startswith("As agreed on the phone.\n\nHej")
        kept = (await office.ask(office.manager, TRACES, {"id": str(document_id)})).data["salesDocument"]
        (trace,) = kept["mailings"]
        assert trace.pop("mailedAt") is not None
        assert trace == {
            "recipient": "office@brisa.test",
            "language": "sv",
            "attachesPdf": True,
            "message": "As agreed on the phone.",
            "askedByName": "Biel Font",
        }

    async def test_says_which_field_is_wrong(self, office: Office) -> None:
        _, _, document_id = await invoiced(office)

        for field, wrong in (("to", "nobody"), ("language", "xx"), ("message", "x" * 2_001)):
            answer = await office.ask(office.bookkeeper, MAIL, {"id": str(document_id), field: wrong})

            assert answer.data["mailDocument"]["refusals"] == [{"code": "BAD_INPUT", "path": [field]}]
        assert await waiting(office, "mail_document", document_id) == []

    async def test_leaves_traces_that_only_the_issuer_sees(self, office: Office, tmp_path: Path) -> None:
        company_id, contact_id, document_id = await invoiced(office)
        await office.ask(office.bookkeeper, MAIL, {"id": str(document_id)})
        reader = await office.portal_contact(company_id, contact_id)
        stranger = await Office.open(office.database, tmp_path / "stranger", "Assessoria Lluna SL")
        asked = {"id": str(document_id)}

        inside = await office.ask(reader, TRACES, asked)
        outside = await stranger.ask(stranger.owner, TRACES, asked)
        mailed = await stranger.ask(stranger.owner, MAIL, asked)

        assert (inside.data["salesDocument"]["mailings"], inside.codes) == (None, ["ROLE"])
        assert outside.data["salesDocument"] is None
        assert mailed.data["mailDocument"]["refusals"][0]["code"] == "NOT_FOUND"


class TestMailDocuments:
    MANY = """mutation ($ids: [ID!]!, $key: String! = "many") { mailDocuments(ids: $ids, requestKey: $key) {
      results { id salesDocument { sentAt } refusals { code } } refusals { code path } } }"""

    async def test_mails_each_to_its_contact_and_leaves_out_what_cannot_go(self, office: Office) -> None:
        company_id, contact_id, first = await invoiced(office)
        sent = await approved(office, company_id, contact_id)
        await office.ask(office.manager, MAIL, {"id": str(sent)})
        unaddressed = await approved(
            office, company_id, await contact(office, company_id, is_customer=True, **CARD)
        )
        unfinished = await draft(office, company_id, contact_id)
        asked = {"ids": [str(one) for one in (first, sent, unaddressed, unfinished)]}

        done = (await office.ask(office.manager, self.MANY, asked)).data["mailDocuments"]
        again = (await office.ask(office.manager, self.MANY, asked)).data["mailDocuments"]
        other_key = (await office.ask(office.manager, self.MANY, {**asked, "key": "other"})).data

        codes = [[one["code"] for one in result["refusals"]] for result in done["results"]]
        assert codes == [[], ["ALREADY_SENT"], ["EMAIL_MISSING"], ["NOT_APPROVED"]]
        assert again == done
        assert other_key["mailDocuments"]["results"][0]["refusals"] == [{"code": "ALREADY_SENT"}]
        assert [len(await waiting(office, "mail_document", one)) for one in (first, sent, unaddressed)] == [
            1,
            1,
            0,
        ]

    async def test_tells_a_stranger_only_that_there_is_nothing(
        self, office: Office, other_office: Office
    ) -> None:
        _, _, document_id = await invoiced(office)

        answer = await other_office.ask(other_office.owner, self.MANY, {"ids": [str(document_id)]})

        (result,) = answer.data["mailDocuments"]["results"]
        assert result == {
            "id": str(document_id),
            "salesDocument": None,
            "refusals": [{"code": "NOT_FOUND"}],
        }
        assert await waiting(office, "mail_document", document_id) == []
