"""Files by signed link over HTTP, and the one download that marks a document read."""

import socket
from datetime import timedelta
from uuid import UUID

import httpx2
import pytest
from sqlalchemy import text

from services.access.actions import revoke_from_firm
from services.access.interface import Viewer, secret_hash, sign_out
from services.access.policy import Role, Scope
from services.kit import clock, links
from services.kit.ids import new_id
from tests.gateway.asking import partner, session_of, token_of
from tests.gateway.serving import SECRET, Served
from tests.support.builders.documents import customer, issuer, sent
from tests.support.office import Office
from tests.support.world import World

PDF = b"%PDF-1.4 a paper"
READ_BEFORE_LEAVING = 100_000
LARGE = 12_000_000
"""More bytes than the buffers of a connection can hold, so that a reader who stops is noticed."""


def link(viewer: Viewer | None, kind: str, *, minutes: float = 10, **claims: str) -> str:
    """A link as the gateway signs it for a viewer."""
    signed = {"kind": kind, **({"viewer": str(viewer.id)} if viewer else {}), **claims}
    return "/files/" + links.sign(SECRET, "file", signed, clock.now() + timedelta(minutes=minutes))


class Invoice:
    """A sent invoice of a client, the contact it is made out to, and its row."""

    def __init__(self, office: Office, company_id: UUID, document_id: UUID, contact: Viewer) -> None:
        self.office, self.company_id, self.id, self.contact = office, company_id, document_id, contact

    def link(self, viewer: Viewer, act: str = "download") -> str:
        return link(viewer, "document-pdf", document=str(self.id), act=act)

    async def reads(self) -> tuple[bool, int]:
        """Whether the document is marked read, and how many downloads are noted."""
        async with self.office.act() as act:
            row = (
                await act.session.execute(
                    text(
                        "select d.read_at is not null as read, (select count(*) from document_view v"
                        " where v.document_id = d.id and v.act = 'DOWNLOADED') as downloads"
                        " from document d where d.id = :d"
                    ),
                    {"d": self.id},
                )
            ).one()
        return row.read, row.downloads

    async def swell(self) -> None:
        """This will put a large file in the place of its PDF."""
        kept = await self.office.store.put(PDF + new_id().bytes * (LARGE // 16), "application/pdf")
        async with self.office.act() as act:
            await act.session.execute(
                text("update document set pdf_sha256 = :s where id = :d"), {"s": kept.sha256, "d": self.id}
            )


@pytest.fixture
async def invoice(served_office: Office) -> Invoice:
    company_id = await issuer(served_office)
    contact_id = await customer(served_office, company_id)
    document_id = await sent(served_office, company_id, contact_id)
    contact = await served_office.portal_contact(company_id, contact_id)
    made = Invoice(served_office, company_id, document_id, contact)
    # Printed once beforehand, as the firm does before it sends: rendering is not what is tested here.
    kept = await served_office.store.put(PDF * 5_000 + new_id().bytes, "application/pdf")
    async with served_office.act() as act:
        await act.session.execute(
            text("update document set pdf_sha256 = :s where id = :d"), {"s": kept.sha256, "d": document_id}
        )
    return made


class TestEInvoice:
    async def test_fetched_by_the_contact_is_a_download(
        self, http: httpx2.AsyncClient, invoice: Invoice
    ) -> None:
        answer = await http.get(link(invoice.contact, "einvoice", document=str(invoice.id), format="UBL"))

        assert answer.status_code == 200
        assert "FV26-000001" in answer.headers["content-disposition"]
        assert await invoice.reads() == (True, 1)

    async def test_fetched_by_staff_changes_nothing(
        self, http: httpx2.AsyncClient, served_office: Office, invoice: Invoice
    ) -> None:
        answer = await http.get(
            link(served_office.manager, "einvoice", document=str(invoice.id), format="UBL")
        )

        assert answer.headers["content-type"] == "application/xml"
        assert await invoice.reads() == (False, 0)

    async def test_is_not_found_by_strangers(
        self, http: httpx2.AsyncClient, invoice: Invoice, world: World
    ) -> None:
        answer = await http.get(link(world.client_owner, "einvoice", document=str(invoice.id), format="UBL"))

        assert answer.status_code == 404


class TestDownload:
    async def test_by_the_contact_marks_read_once(self, http: httpx2.AsyncClient, invoice: Invoice) -> None:
        first = await http.get(invoice.link(invoice.contact))
        once = await invoice.reads()
        second = await http.get(invoice.link(invoice.contact))

        assert first.status_code == second.status_code == 200
        assert first.content.startswith(b"%PDF")
        assert len(first.content) == int(first.headers["content-length"])
        assert first.headers["content-type"] == "application/pdf"
        assert first.headers["cache-control"] == "private, no-store"
        assert first.headers["x-content-type-options"] == "nosniff"
        assert first.headers["referrer-policy"] == "no-referrer"
        assert first.headers["cross-origin-resource-policy"] == "same-origin"
        assert once == (True, 1)
        assert await invoice.reads() == (True, 2)

    async def test_of_the_real_thing_is_a_pdf(self, http: httpx2.AsyncClient, invoice: Invoice) -> None:
        async with invoice.office.act() as act:
            await act.session.execute(
                text("update document set pdf_sha256 = null where id = :d"), {"d": invoice.id}
            )

        answer = await http.get(invoice.link(invoice.contact))

        assert answer.content.startswith(b"%PDF-")
        assert answer.content.rstrip().endswith(b"%%EOF")
        assert await invoice.reads() == (True, 1)

    async def test_by_staff_and_previews_mark_nothing(
        self, http: httpx2.AsyncClient, invoice: Invoice
    ) -> None:
        for address in (
            invoice.link(invoice.office.manager),
            invoice.link(invoice.office.manager, "preview"),
            invoice.link(invoice.contact, "preview"),
        ):
            assert (await http.get(address)).status_code == 200

        assert await invoice.reads() == (False, 0)

    async def test_is_not_a_look_at_the_headers(self, http: httpx2.AsyncClient, invoice: Invoice) -> None:
        answer = await http.head(invoice.link(invoice.contact))

        assert answer.status_code == 200
        assert answer.content == b""
        assert await invoice.reads() == (False, 0)

    async def test_that_is_broken_off_marks_nothing(
        self, http: httpx2.AsyncClient, server: Served, invoice: Invoice
    ) -> None:
        await invoice.swell()
        with socket.socket() as connection:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            connection.connect(("127.0.0.1", server.port))
            connection.sendall(f"GET {invoice.link(invoice.contact)} HTTP/1.1\r\nhost: x\r\n\r\n".encode())
            received = b""
            while len(received) < READ_BEFORE_LEAVING:
                received += connection.recv(4096)
            assert received.startswith(b"HTTP/1.1 200")
        # The server answers on: what the broken download left behind has been dealt with by then.
        whole = await http.get(invoice.link(invoice.office.manager))

        assert len(whole.content) > LARGE
        assert await invoice.reads() == (False, 0)

    async def test_that_is_whole_marks_a_large_one(self, http: httpx2.AsyncClient, invoice: Invoice) -> None:
        await invoice.swell()

        assert len((await http.get(invoice.link(invoice.contact))).content) > LARGE
        assert await invoice.reads() == (True, 1)


class TestLink:
    async def test_that_is_forged_opens_nothing(self, http: httpx2.AsyncClient, invoice: Invoice) -> None:
        good = invoice.link(invoice.contact)
        body, _, mac = good.removeprefix("/files/").partition(".")
        other = invoice.link(invoice.office.manager).removeprefix("/files/").partition(".")[0]

        for token in (
            f"{body}.{mac[:-1]}{'A' if mac[-1] != 'A' else 'B'}",
            f"{other}.{mac}",
            body,
            f"{body}.",
            f".{mac}",
            "x",
            "%00",
            "x" * 3_000,
            links.sign(
                "another secret of another house", "file", {"kind": "object"}, clock.now() + timedelta(1)
            ),
            links.sign(SECRET, "mail", {"kind": "object"}, clock.now() + timedelta(1)),
        ):
            answer = await http.get(f"/files/{token}")
            assert answer.status_code == 404, token
            assert answer.json()["code"] == "LINK_FORGED"
        assert await invoice.reads() == (False, 0)

    async def test_that_is_over_says_so(self, http: httpx2.AsyncClient, invoice: Invoice) -> None:
        over = link(
            invoice.contact,
            "document-pdf",
            document=str(invoice.id),
            act="download",
            minutes=-1,
        )

        answer = await http.get(over)

        assert answer.status_code == 410
        assert answer.json()["code"] == "LINK_EXPIRED"
        assert await invoice.reads() == (False, 0)

    @pytest.mark.parametrize(
        "change",
        [
            "update membership set state = 'REVOKED' where id = :m",
            "update membership set state = 'DEACTIVATED' where id = :m",
            "update membership set expires_on = '2020-01-01' where id = :m",
        ],
    )
    async def test_of_somebody_who_has_left_opens_nothing(
        self, http: httpx2.AsyncClient, invoice: Invoice, change: str
    ) -> None:
        address = invoice.link(invoice.contact)
        async with invoice.office.act() as act:
            await act.session.execute(text(change), {"m": invoice.contact.id})

        answer = await http.get(address)

        assert answer.status_code == 401
        assert await invoice.reads() == (False, 0)

    async def test_of_another_contact_or_firm_finds_nothing(
        self, http: httpx2.AsyncClient, server: Served, invoice: Invoice
    ) -> None:
        other = await invoice.office.portal_contact(
            invoice.company_id, await customer(invoice.office, invoice.company_id, "Aliena SL")
        )
        stranger = await Office.open(invoice.office.database, server.files, "Gestoría Luna SL")

        for viewer in (other, stranger.owner):
            answer = await http.get(invoice.link(viewer))
            assert answer.status_code == 404
            assert answer.json()["code"] == "NOT_FOUND"

    async def test_of_a_document_is_for_a_viewer(self, http: httpx2.AsyncClient, invoice: Invoice) -> None:
        nobodys = link(None, "document-pdf", document=str(invoice.id), act="preview")

        assert (await http.get(nobodys)).status_code == 401

    async def test_ends_with_the_session_it_was_given_in(
        self, http: httpx2.AsyncClient, invoice: Invoice
    ) -> None:
        secret = await session_of(invoice.office, invoice.office.manager)
        held = link(
            invoice.office.manager,
            "document-pdf",
            document=str(invoice.id),
            act="preview",
            session=secret_hash(secret),
        )
        open_still = await http.get(held)

        await sign_out(invoice.office.database, secret)

        assert open_still.status_code == 200
        assert (await http.get(held)).status_code == 401

    async def test_names_the_session_that_asked(
        self, http: httpx2.AsyncClient, server: Served, served_world: World
    ) -> None:
        token = await token_of(
            served_world.office, served_world.company_id, frozenset({Scope.SALES}), served_world.client_owner
        )

        answer = await partner(http, server, token).text(
            "query($id: ID!) { salesDocument(id: $id) { attachments { url } } }",
            variables={"id": str(served_world.ids["sale"])},
        )

        url = answer.json()["data"]["salesDocument"]["attachments"][0]["url"]
        claims = links.verify(SECRET, "file", url.removeprefix("/files/"), clock.now())
        assert claims["session"] == secret_hash(token)
        assert (await http.get(url)).status_code == 200


class TestAttachment:
    async def test_is_for_whoever_may_see_its_document(
        self, http: httpx2.AsyncClient, served_world: World
    ) -> None:
        """Access to sales opens no paper of a purchase, though it opens the company."""
        office, company_id = served_world.office, served_world.company_id
        kept = await office.store.put(PDF, "application/pdf")
        sellers = await office.employee(company_id, view=frozenset({Scope.SALES}))

        async def status(viewer: Viewer, document: str) -> int:
            claims = {"sha256": kept.sha256, "filename": "paper.pdf", "media_type": "application/pdf"}
            address = link(
                viewer, "attachment", minutes=5, document=str(served_world.ids[document]), **claims
            )
            return (await http.get(address)).status_code

        assert await status(sellers, "sale") == 200
        assert await status(sellers, "purchase") == 403
        assert await status(office.manager, "purchase") == 200
        assert await status(served_world.contact, "sale") == 200
        assert await status(served_world.contact, "purchase") == 404


class TestObject:
    async def test_opens_while_its_module_is_granted(
        self, http: httpx2.AsyncClient, served_office: Office
    ) -> None:
        company_id = await served_office.client()
        owner = await served_office.client_owner(company_id)
        kept = await served_office.store.put(PDF, "application/pdf")
        address = link(
            served_office.manager,
            "object",
            company=str(company_id),
            scope="INBOX",
            sha256=kept.sha256,
            filename='Factura "nº 7".pdf',
            media_type="application/pdf",
        )

        granted = await http.get(address)
        async with served_office.act(owner) as act:
            await revoke_from_firm(act, company_id=company_id, firm_id=served_office.firm_id)
        revoked = await http.get(address)

        assert granted.content == PDF
        assert "filename*=UTF-8''Factura%20%22n%C2%BA%207%22.pdf" in granted.headers["content-disposition"]
        assert revoked.status_code in {403, 404}

    async def test_that_could_run_scripts_is_an_attachment(
        self, http: httpx2.AsyncClient, served_office: Office
    ) -> None:
        company_id = await served_office.client()
        kept = await served_office.store.put(b"<script>alert(1)</script>", "text/html")
        address = link(
            served_office.owner,
            "object",
            company=str(company_id),
            scope="INBOX",
            sha256=kept.sha256,
            filename="page.html",
            media_type="text/html",
        )

        answer = await http.get(address)

        assert answer.headers["content-disposition"].startswith("attachment")
        assert answer.headers["x-content-type-options"] == "nosniff"

    async def test_for_anybody_needs_no_viewer(self, http: httpx2.AsyncClient, served_office: Office) -> None:
        """A publisher's logo is seen before anybody has signed in."""
        kept = await served_office.store.put(b"\x89PNG\r\n\x1a\nlogo", "image/png")
        claims = {"sha256": kept.sha256, "filename": "logo.png", "media_type": "image/png"}

        answer = await http.get(
            link(None, "object", company=str(new_id()), reader="anybody", minutes=5, **claims)
        )

        assert answer.status_code == 200
        assert answer.headers["content-type"] == "image/png"

    async def test_of_staff_is_for_every_role_with_the_scope(
        self, http: httpx2.AsyncClient, served_office: Office
    ) -> None:
        company_id = await served_office.client()
        kept = await served_office.store.put(PDF, "application/pdf")
        claims = {"company": str(company_id), "scope": "BANKING", "sha256": kept.sha256, "filename": "a.pdf"}
        colleague = await served_office.colleague(Role.ACCOUNT_MANAGER, "Jan Pons")

        statuses = [
            (await http.get(link(viewer, "object", minutes=5, **claims))).status_code
            for viewer in (served_office.owner, served_office.bookkeeper, colleague)
        ]

        # The colleague is assigned to no client, so the company is out of reach.
        assert statuses == [200, 200, 404]
