"""Writes of the inbox: taking papers in, making purchases of them, discarding them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select

from services.access.interface import Act, as_id
from services.access.policy import Action, Scope
from services.contacts.interface import supplier_for
from services.documents.interface import (
    NewDocument,
    NewLine,
    attach,
    create_document,
    document_table,
)
from services.inbox.models import InboxFile, InboxPage
from services.inbox.papers import Paper
from services.kit import clock
from services.kit.db import table_of
from services.kit.errors import BadInput, NotFound, Refused
from services.kit.ids import new_id
from services.kit.money import ZERO
from services.kit.search import search_text
from services.uploads.interface import take_upload

_file = table_of(InboxFile)

REASON_LENGTH_MAX = 200


class InboxFileDone(Refused):
    """A purchase was made of it before."""

    code = "INBOX_FILE_DONE"
    sentence = "A purchase has been made from this paper already."


class InboxFileDiscarded(Refused):
    """Somebody decided that it is no purchase."""

    code = "INBOX_FILE_DISCARDED"
    sentence = "This paper was discarded: {reason}"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPurchase:
    """What a person read off a paper. The supplier is a contact (`supplier_id`), or named by tax id and name."""

    inbox_file_id: UUID | str
    kind: str = "PURCHASE_INVOICE"
    supplier_id: UUID | str | None = None
    supplier_name: str | None = None
    supplier_tax_id: str | None = None
    number: str
    issued_on: date
    due_on: date | None = None
    currency: str = "EUR"
    withholding_rate: Decimal = ZERO
    lines: tuple[NewLine, ...]
    request_key: str


@dataclass(frozen=True, slots=True)
class TakenUpload:
    """An upload that this viewer may put into the inbox."""

    company_id: UUID
    filename: str
    sha256: str


async def upload_to_receive(act: Act, *, company_id: UUID | str, upload_id: UUID | str) -> TakenUpload:
    """This will find an upload that was made for this company's inbox. Needs INBOX EDIT. Raises NotFound."""
    company = await act.may(company_id, Scope.INBOX, Action.EDIT, path=("input", "companyId"))
    upload = await take_upload(act, upload_id, "INBOX")
    if upload.company_id != company:
        raise NotFound("upload", path=("input", "uploadId"))
    return TakenUpload(company, upload.filename, upload.sha256)


async def receive_file(
    act: Act,
    paper: Paper,
    *,
    company_id: UUID | str,
    source: str = "UPLOAD",
    sender: str | None = None,
    request_key: str | None = None,
) -> UUID:
    """This will put a paper that was looked at (`papers.look_at`) into a company's inbox, with its pages.

    A content that is there already comes in again and names the first one as `duplicate_of_id`. The same request key
    gives the same file. Needs INBOX EDIT.
    """
    company = await act.may(company_id, Scope.INBOX, Action.EDIT, path=("input", "companyId"))
    if request_key is not None:
        known: UUID | None = await act.session.scalar(
            select(_file.c.id).where(_file.c.company_id == company, _file.c.request_key == request_key)
        )
        if known is not None:
            return known
    first: UUID | None = await act.session.scalar(
        select(_file.c.id)
        .where(_file.c.company_id == company, _file.c.sha256 == paper.sha256)
        .order_by(_file.c.received_at, _file.c.id)
        .limit(1)
    )
    file = InboxFile(
        id=new_id(),
        company_id=company,
        kind=paper.kind,
        source=source,
        sender=sender,
        filename=paper.filename,
        search_text=search_text(paper.filename, sender),
        media_type=paper.media_type,
        size=paper.size,
        sha256=paper.sha256,
        page_count=paper.page_count,
        duplicate_of_id=first,
        request_key=request_key,
        uploaded_by=act.viewer.id,
    )
    act.session.add(file)
    await act.session.flush()
    for number, picture in enumerate(paper.pictures, 1):
        page = InboxPage(
            company_id=company,
            inbox_file_id=file.id,
            number=number,
            sha256=picture.sha256,
            media_type=picture.media_type,
        )
        act.session.add(page)
    await act.session.flush()
    return file.id


async def convert_inbox_file(act: Act, new: NewPurchase) -> tuple[UUID, UUID]:
    """This will make a draft purchase of a paper, with the file attached; gives the ids of the file and the document.

    The same request key gives the first result. Needs INBOX EDIT and PURCHASES EDIT, and CONTACTS EDIT where a supplier
    is made. Raises InboxFileDone, InboxFileDiscarded, and what `supplier_for` and `create_document` raise.
    """
    file = await _own_file(act, new.inbox_file_id)
    await act.may(file.company_id, Scope.PURCHASES, Action.EDIT, path=("input", "id"))
    key = f"inbox:{file.id}:{new.request_key}"
    if file.document_id is not None:
        table = document_table()
        made_with = await act.session.scalar(
            select(table.c.request_key).where(table.c.id == file.document_id)
        )
        if made_with == key:
            return file.id, file.document_id
        raise InboxFileDone(path=("input", "id"))
    if file.state == "DISCARDED":
        raise InboxFileDiscarded(path=("input", "id"), reason=file.discard_reason)
    supplier_id = await supplier_for(
        act,
        file.company_id,
        contact_id=None
        if new.supplier_id is None
        else as_id(new.supplier_id, "contact", ("input", "supplierId")),
        name=new.supplier_name,
        tax_id=new.supplier_tax_id,
    )
    document_id = await create_document(
        act,
        NewDocument(
            company_id=file.company_id,
            kind=new.kind,
            contact_id=supplier_id,
            number=new.number,
            issued_on=new.issued_on,
            due_on=new.due_on,
            asks_terms=True,
            asks_method=True,
            currency=new.currency,
            withholding_rate=new.withholding_rate,
            lines=new.lines,
            status="DRAFT",
            request_key=key,
        ),
    )
    await attach(
        act,
        document_id=document_id,
        filename=file.filename,
        media_type=file.media_type,
        size=file.size,
        sha256=file.sha256,
    )
    file.document_id, file.state, file.done_at = document_id, "DONE", clock.now()
    await act.session.flush()
    return file.id, document_id


async def discard_inbox_file(act: Act, file_id: UUID | str, *, reason: str) -> UUID:
    """This will set a paper aside that is no purchase; it stays to be looked at. Doing it twice changes nothing.

    Needs INBOX EDIT. Raises BadInput without a reason, InboxFileDone.
    """
    file = await _own_file(act, file_id)
    said = reason.strip()
    if not 1 <= len(said) <= REASON_LENGTH_MAX:
        raise BadInput("reason", "say why in 1 to {most} signs", most=REASON_LENGTH_MAX)
    if file.state == "DONE":
        raise InboxFileDone(path=("id",))
    if file.state != "DISCARDED":
        file.state, file.discard_reason, file.done_at = "DISCARDED", said, clock.now()
        await act.session.flush()
    return file.id


async def _own_file(act: Act, file_id: UUID | str) -> InboxFile:
    """The paper, locked; employees act on what they sent in themselves."""
    file = await act.find(InboxFile, file_id, Scope.INBOX, Action.EDIT, what="paper", path=("input", "id"))
    if act.owns_only(Scope.INBOX) and file.uploaded_by != act.viewer.id:
        raise NotFound("paper", path=("input", "id"))
    return file
