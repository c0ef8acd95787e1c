"""Papers come in, become one purchase each, or are discarded; what cannot be read changes nothing."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from sqlalchemy import func, select

from services.access.policy import Scope
from services.documents.interface import NewLine, document_table
from services.documents.models import Attachment
from services.inbox import papers
from services.inbox.actions import (
    InboxFileDiscarded,
    InboxFileDone,
    NewPurchase,
    convert_inbox_file,
    discard_inbox_file,
)
from services.inbox.models import InboxFile, InboxPage
from services.inbox.papers import PaperKindUnknown, PaperTooLong
from services.kit.db import table_of
from services.kit.errors import BadInput, Denied, NotFound, Refused
from services.kit.pdf import FileTooLarge, ImageNotReadable, PdfEncrypted, PdfNotReadable
from services.kit.storage import media_type_of
from tests.support.builders.inbox import pdf_paper, photo, send_in
from tests.support.office import BOOKS, Office

_file = table_of(InboxFile)
_attachment = table_of(Attachment)
_page = table_of(InboxPage)

LINE = NewLine(description="Teléfono", unit_price=Decimal("70.00"), tax_rate=Decimal(21), is_product=False)


def _purchase(file_id: UUID, *, key: str = "one click") -> NewPurchase:
    return NewPurchase(
        inbox_file_id=file_id,
        supplier_name="Telefonia Exemple SA",
        supplier_tax_id="A58818501",
        number="T-118",
        issued_on=date(2026, 11, 2),
        lines=(LINE,),
        request_key=key,
    )


async def _paper(office: Office, file_id: UUID) -> InboxFile:
    async with office.act() as act:
        found = await act.session.get(InboxFile, file_id)
        assert found is not None
        return found


async def _convert(office: Office, new: NewPurchase) -> tuple[UUID, UUID]:
    async with office.act(office.manager) as act:
        return await convert_inbox_file(act, new)


class TestReceiving:
    async def test_takes_a_pdf_as_a_file_with_a_picture_of_each_page(self, office: Office) -> None:
        joinery = await office.client()

        file_id = await send_in(office, joinery, pdf_paper(pages=3))

        file = await _paper(office, file_id)
        assert (file.kind, file.state, file.page_count, file.media_type) == (
            "FILE",
            "TO_REVIEW",
            3,
            "application/pdf",
        )
        async with office.act() as act:
            pages = await act.session.scalars(
                select(InboxPage).where(_page.c.inbox_file_id == file_id).order_by(_page.c.number)
            )
            pictures = [(page.number, media_type_of(await office.store.get(page.sha256))) for page in pages]
        assert pictures == [(1, "image/png"), (2, "image/png"), (3, "image/png")]

    @pytest.mark.parametrize("kind", ["JPEG", "PNG"])
    async def test_takes_a_photo_as_a_scan_whatever_its_name(self, office: Office, kind: str) -> None:
        joinery = await office.client()

        file = await _paper(office, await send_in(office, joinery, photo(kind=kind), filename="ticket.pdf"))

        assert (file.kind, file.page_count) == ("SCAN", 1)

    async def test_marks_the_same_content_as_a_duplicate(self, office: Office) -> None:
        joinery, bar = await office.client(), await office.client("Bar Núñez SL")
        first = await send_in(office, joinery, pdf_paper())

        again = await send_in(office, joinery, pdf_paper(), filename="otra vez.pdf")
        elsewhere = await send_in(office, bar, pdf_paper())

        assert (await _paper(office, again)).duplicate_of_id == first
        assert (await _paper(office, elsewhere)).duplicate_of_id is None

    async def test_gives_one_paper_for_one_request_key(self, office: Office) -> None:
        joinery = await office.client()

        first = await send_in(office, joinery, pdf_paper(), key="k")

        assert await send_in(office, joinery, pdf_paper(), key="k") == first

    @pytest.mark.parametrize(
        ("content", "refusal"),
        [
            (b"FACTURA 12 en texto", PaperKindUnknown),
            (b"<html>%PDF</html>", PaperKindUnknown),
            (b"%PDF-1.7 and nothing more", PdfNotReadable),
            (b"\xff\xd8\xff but no picture", ImageNotReadable),
            (b"%PDF-1.7" + b" " * papers.FILE_BYTES_MAX, FileTooLarge),
        ],
        ids=["text", "html", "no pdf", "no picture", "too large"],
    )
    async def test_refuses_what_it_cannot_read(
        self, office: Office, content: bytes, refusal: type[Refused]
    ) -> None:
        joinery = await office.client()

        with pytest.raises(refusal):
            await send_in(office, joinery, content)

        async with office.act() as act:
            counted = select(func.count()).where(_file.c.company_id == joinery)
            assert await act.session.scalar(counted) == 0

    async def test_refuses_protected_and_endless_pdfs(self, office: Office) -> None:
        joinery = await office.client()
        with pytest.raises(PdfEncrypted):
            await send_in(office, joinery, pdf_paper(password="secret"))
        with pytest.raises(PaperTooLong):
            await send_in(office, joinery, pdf_paper(pages=papers.PAGES_MAX + 1))

    async def test_refuses_who_has_no_say_there(self, office: Office, other_office: Office) -> None:
        joinery = await office.client(edit=BOOKS - {Scope.INBOX})
        with pytest.raises(Denied):
            await send_in(office, joinery, pdf_paper())
        with pytest.raises(NotFound):
            await send_in(other_office, joinery, pdf_paper(), by=other_office.owner)


class TestConverting:
    async def test_makes_a_draft_purchase_with_the_file_attached(self, office: Office) -> None:
        joinery = await office.client()
        file_id = await send_in(office, joinery, pdf_paper())

        _, document_id = await _convert(office, _purchase(file_id))

        file = await _paper(office, file_id)
        assert (file.state, file.document_id) == ("DONE", document_id)
        async with office.act() as act:
            table = document_table()
            row = (await act.session.execute(select(table).where(table.c.id == document_id))).one()
            attached = await act.session.scalars(
                select(_attachment.c.sha256).where(_attachment.c.document_id == document_id)
            )
            assert list(attached) == [file.sha256]
        assert (row.status, row.side, row.number, row.total) == (
            "DRAFT",
            "PURCHASES",
            "T-118",
            Decimal("84.70"),
        )

    async def test_gives_the_first_result_for_a_request_key_and_refuses_another(self, office: Office) -> None:
        joinery = await office.client()
        file_id = await send_in(office, joinery, pdf_paper())
        first = await _convert(office, _purchase(file_id))

        assert await _convert(office, _purchase(file_id)) == first
        with pytest.raises(InboxFileDone):
            await _convert(office, _purchase(file_id, key="another click"))

    async def test_finds_the_supplier_by_tax_id(self, office: Office) -> None:
        joinery = await office.client()
        files = [await send_in(office, joinery, pdf_paper(text)) for text in ("one", "two")]

        made = [
            await _convert(office, replace(_purchase(file_id), number=f"T-{place}"))
            for place, file_id in enumerate(files)
        ]

        async with office.act() as act:
            table = document_table()
            contacts = await act.session.scalars(
                select(table.c.contact_id).where(table.c.id.in_([document for _, document in made]))
            )
            assert len(set(contacts)) == 1

    async def test_changes_nothing_when_the_purchase_is_refused(self, office: Office) -> None:
        joinery = await office.client()
        file_id = await send_in(office, joinery, pdf_paper())

        with pytest.raises(Refused):
            await _convert(office, replace(_purchase(file_id), lines=()))

        assert (await _paper(office, file_id)).state == "TO_REVIEW"

    async def test_needs_a_say_over_purchases(self, office: Office) -> None:
        joinery = await office.client(edit=BOOKS - {Scope.PURCHASES})
        file_id = await send_in(office, joinery, pdf_paper())

        with pytest.raises(Denied):
            await _convert(office, _purchase(file_id))

    async def test_is_hidden_from_strangers_and_from_another_employee(
        self, office: Office, other_office: Office
    ) -> None:
        joinery = await office.client()
        file_id = await send_in(office, joinery, pdf_paper())
        scopes = frozenset({Scope.INBOX, Scope.PURCHASES, Scope.CONTACTS})
        employee = await office.employee(joinery, view=scopes, edit=scopes)
        for viewer, home in ((other_office.owner, other_office), (employee, office)):
            with pytest.raises(NotFound):
                async with home.act(viewer) as act:
                    await convert_inbox_file(act, _purchase(file_id))


class TestDiscarding:
    async def test_keeps_the_reason_and_closes_the_paper(self, office: Office) -> None:
        joinery = await office.client()
        file_id = await send_in(office, joinery, photo())
        for reason in ("publicidad", "otra cosa"):
            async with office.act(office.bookkeeper) as act:
                await discard_inbox_file(act, file_id, reason=reason)

        file = await _paper(office, file_id)
        assert (file.state, file.discard_reason) == ("DISCARDED", "publicidad")
        with pytest.raises(InboxFileDiscarded):
            await _convert(office, _purchase(file_id))

    async def test_refuses_a_converted_one_and_an_empty_reason(self, office: Office) -> None:
        joinery = await office.client()
        done, waiting = await send_in(office, joinery, pdf_paper()), await send_in(office, joinery, photo())
        await _convert(office, _purchase(done))
        for file_id, reason, refusal in ((done, "x", InboxFileDone), (waiting, "  ", BadInput)):
            with pytest.raises(refusal):
                async with office.act(office.manager) as act:
                    await discard_inbox_file(act, file_id, reason=reason)
