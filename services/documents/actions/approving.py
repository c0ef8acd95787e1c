"""Approving: the number of its series, the entry in the journal, the amount that is now open."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select

from services.access.interface import Act, as_id
from services.access.policy import Action
from services.accounts.interface import company_table
from services.contacts.interface import contact_table
from services.documents.actions.announcing import tell_open_items_changed
from services.documents.actions.contents import searched
from services.documents.actions.entered import ONE, SUPPLIER_NUMBERED
from services.documents.actions.finding import found
from services.documents.actions.numbering import take_number
from services.documents.actions.recording import put_on_record
from services.documents.actions.refusals import (
    AlreadyBooked,
    ArrivalNeeded,
    ContactMissing,
    ExchangeRateMissing,
    LeftOut,
    NumberMissing,
    SecondPersonNeeded,
)
from services.documents.actions.standing import check_standing
from services.documents.actions.substituting import check_substitution
from services.documents.models import Document, DocumentLine, DocumentSettings, DocumentTax
from services.documents.rules.amounts import TaxAmount, totals_of
from services.documents.rules.kinds import (
    POSTED_KINDS,
    RECEIVED_KINDS,
    SALES_KINDS,
    DocumentKind,
    VatRegime,
    is_vat_alone,
)
from services.documents.rules.posting import (
    DocumentToPost,
    LineToPost,
    PostingAccounts,
    PostingLine,
    in_books,
    posting_lines,
)
from services.documents.rules.states import DocumentStatus, check_transition
from services.documents.rules.tax_codes import TaxCode, tax_code
from services.documents.rules.validity import (
    SIMPLIFIED_TOTAL_MAX,
    PartyToCheck,
    check_ready_to_issue,
    issued_as_simplified,
)
from services.documents.warnings import warning_codes
from services.journal.interface import (
    Chain,
    EntryLineDraft,
    Origin,
    check_tax_day,
    first_open_on,
    lock_books,
    post_entry,
    tax_account_codes,
)
from services.kit import clock
from services.kit.batches import Outcome, one_by_one
from services.kit.errors import BadInput, Refused
from services.kit.money import ZERO

AT_ONCE_MAX = 100

_document: Any = Document.__table__  # type: ignore[attr-defined]
_line: Any = DocumentLine.__table__  # type: ignore[attr-defined]
_tax: Any = DocumentTax.__table__  # type: ignore[attr-defined]
_settings: Any = DocumentSettings.__table__  # type: ignore[attr-defined]
_company, _contact = company_table(), contact_table()

# Written once: every approval runs these, and building a statement costs more than running it.
_PARTIES = (
    select(
        _company.c.currency,
        _company.c.name,
        _company.c.tax_id,
        _company.c.address,
        _contact.c.name.label("contact_name"),
        _contact.c.tax_id.label("contact_tax_id"),
        _contact.c.address.label("contact_address"),
        _settings.c.simplified_limit,
        _settings.c.needs_second_person,
    )
    .select_from(_company)
    .outerjoin(_contact, _contact.c.id == bindparam("of_contact"))
    .outerjoin(_settings, _settings.c.company_id == _company.c.id)
    .where(_company.c.id == bindparam("of_company"))
)
_SAME_NUMBER = (
    select(_document.c.issued_on)
    .where(
        _document.c.company_id == bindparam("of_company"),
        _document.c.contact_id == bindparam("of_contact"),
        _document.c.kind == bindparam("of_kind"),
        _document.c.number == bindparam("the_number"),
        _document.c.approved_at.is_not(None),
        _document.c.status != DocumentStatus.CANCELLED.value,
    )
    .limit(1)
)
_LINES = (
    select(
        *(
            _line.c[name]
            for name in ("ledger_account_code", "is_product", "base", "tax_code", "deductible_percent")
        )
    )
    .where(_line.c.document_id == bindparam("of_document"))
    .order_by(_line.c.position)
)
_TAXES = (
    select(_tax.c.tax_code, _tax.c.base, _tax.c.quota, _tax.c.surcharge, _tax.c.deductible_quota)
    .where(_tax.c.document_id == bindparam("of_document"))
    .order_by(_tax.c.rate.desc(), _tax.c.tax_code)
)


async def approve_document(act: Act, document_id: UUID | str) -> UUID:
    """This will approve a document that waits for review and give its id; one that is approved stays as it is.

    Kinds with a series of ours get their number, in the order of their dates. Invoices, purchases and expenses are
    posted on the day of issue, those of suppliers on the day they arrived where it is said. Their total becomes
    outstanding, unless they take the place of others; bank lines are proposed anew after the commit. Needs APPROVE of
    its side. Raises TransitionRefused, SecondPersonNeeded, ContactMissing, NumberMissing, AlreadyBooked,
    ExchangeRateMissing, PartyIncomplete, SimplifiedRefused, SubstitutionDisagrees, ArrivalNeeded, RectifiedAlready,
    TakenBackTwice, SeriesUnknown, IssuedBeforePrevious, and what the journal refuses (PeriodLocked, TaxPeriodFiled and
    others).
    """
    document, is_opened = await _approve(act, document_id)
    if is_opened:
        await tell_open_items_changed(act, document.company_id)
    return document.id


async def _approve(act: Act, document_id: UUID | str) -> tuple[Document, bool]:
    """The approved document, and whether it is an open item only since now."""
    document = await found(act, document_id, Action.APPROVE)
    if document.approved_at is not None:
        return document, False
    kind = DocumentKind(document.kind)
    check_transition(kind, DocumentStatus(document.status), DocumentStatus.APPROVED)
    asked = {"of_company": document.company_id, "of_contact": document.contact_id}
    parties = (await act.session.execute(_PARTIES, asked)).one()
    # Neither who began it nor who ever changed it: saving it once more makes nobody else the author of all of it.
    if parties.needs_second_person and act.viewer.id in (document.created_by, *document.content_changed_by):
        raise SecondPersonNeeded
    # The engine works it out: once a change is written it would have to be read anew.
    tax_on = document.tax_on
    if kind in POSTED_KINDS:
        await _check_postable(act, document, kind, parties)
    chain = await lock_books(act, document.company_id)
    if kind in POSTED_KINDS and not document.is_substitute:
        await _check_tax_day(act, document, tax_on)
    await check_standing(act, document)
    # One UPDATE at the end, not one before each statement in between.
    with act.session.no_autoflush:
        if kind not in SUPPLIER_NUMBERED and document.number is None:
            await take_number(act, document, kind)
            document.search_text = searched(document.number, document.search_text, ())
        if kind in POSTED_KINDS:
            if document.is_substitute:
                await check_substitution(act, document)
            else:
                await _post(act, document, kind, parties.contact_name, chain)
                document.outstanding = document.total
        if kind is DocumentKind.SALES_INVOICE:
            await put_on_record(act, document)
    document.status = DocumentStatus.APPROVED.value
    document.approved_by = act.viewer.id
    document.approved_at = clock.now()
    await act.session.flush()
    return document, document.outstanding != ZERO


async def approve_documents(
    act: Act, document_ids: Sequence[UUID | str], *, leave_out_warned: bool = False
) -> list[Outcome]:
    """This will approve documents, each by itself, and say what became of each, in the order asked.

    `leave_out_warned` refuses those with a warning (LeftOut), so that a batch holds only what is plain. They are taken
    in the order of their dates, so that numbers follow dates whatever order was asked for. What is approved already
    counts as done, so asking twice is harmless. Raises BadInput for none or more than AT_ONCE_MAX.
    """
    wanted = list(dict.fromkeys(as_id(given, "document", ("ids",)) for given in document_ids))
    if not 1 <= len(wanted) <= AT_ONCE_MAX:
        raise BadInput("ids", "name 1 to {most} documents", most=AT_ONCE_MAX)
    # All rows are locked before any counter is, in one order, so that two batches never wait for each other.
    rows = (
        await act.session.execute(
            select(_document.c.id, _document.c.company_id, _document.c.issued_on)
            .where(_document.c.id.in_(wanted))
            .order_by(_document.c.id)
            .with_for_update()
        )
    ).all()
    known = [row.id for row in sorted(rows, key=lambda row: (row.company_id, row.issued_on, row.id))]
    missing = [document_id for document_id in wanted if document_id not in set(known)]
    opened_in: set[UUID] = set()

    async def approve(document_id: UUID) -> None:
        if leave_out_warned:
            await _check_plain(act, document_id)
        document, is_opened = await _approve(act, document_id)
        if is_opened:
            opened_in.add(document.company_id)

    outcomes = await one_by_one(act.session, [*known, *missing], approve)
    for company_id in sorted(opened_in):
        await tell_open_items_changed(act, company_id)
    return [outcomes[document_id] for document_id in wanted]


async def _check_plain(act: Act, document_id: UUID) -> None:
    """Looked at when its turn comes: what the batch approved before counts (a number twice in one batch)."""
    warned = await act.session.scalar(select(warning_codes(_document)).where(_document.c.id == document_id))
    if warned:
        raise LeftOut


async def _check_postable(act: Act, document: Document, kind: DocumentKind, parties: Any) -> None:
    """Refuses what cannot be posted; a small invoice to nobody in particular becomes a simplified one."""
    if document.exchange_rate is None:
        raise ExchangeRateMissing(path=("exchangeRate",), currency=document.currency, booked=parties.currency)
    if document.contact_id is None:
        raise ContactMissing(path=("contactId",))
    if kind not in SALES_KINDS:
        await _check_supplier_number(act, document, kind)
        return
    recipient = _party(parties.contact_name, parties.contact_tax_id, parties.contact_address)
    regime = VatRegime(document.regime)
    if document.rectifies_id is None and not document.is_substitute:
        document.is_simplified = issued_as_simplified(
            asked=document.is_simplified,
            recipient=recipient,
            regime=regime,
            document_total=document.total - document.outlay_total,
            limit=parties.simplified_limit or SIMPLIFIED_TOTAL_MAX,
        )
    check_ready_to_issue(
        issuer=_party(parties.name, parties.tax_id, parties.address),
        recipient=recipient,
        regime=regime,
        is_simplified=document.is_simplified,
    )


async def _check_tax_day(act: Act, document: Document, tax_on: date | None) -> None:
    """An operation of a filed quarter may be invoiced in an open one, where the journal would take the entry."""
    assert tax_on is not None
    if tax_on == _entry_day(document):
        return
    try:
        await check_tax_day(act, document.company_id, tax_on)
    except Refused as refused:
        refused.path = ("operationOn",)
        raise


def _party(name: str, tax_id: str | None, address: str | None) -> PartyToCheck:
    return PartyToCheck(name=name, tax_id=tax_id or "", address=address or "")


async def _check_supplier_number(act: Act, document: Document, kind: DocumentKind) -> None:
    if document.number is None:
        if kind is DocumentKind.PURCHASE_INVOICE:
            raise NumberMissing(path=("number",))
        return
    earlier = await act.session.scalar(
        _SAME_NUMBER,
        {
            "of_company": document.company_id,
            "of_contact": document.contact_id,
            "of_kind": kind.value,
            "the_number": document.number,
        },
    )
    if earlier is not None:
        raise AlreadyBooked(path=("number",), number=document.number, issued_on=earlier)


async def _post(act: Act, document: Document, kind: DocumentKind, contact_name: str, chain: Chain) -> None:
    """The entry of the document in the currency of the books; none where it adds up to nothing."""
    to_post = in_books(await _to_post(act, document, kind), document.exchange_rate or ONE)
    document.booked_total = to_post.owed
    posting = posting_lines(
        to_post,
        PostingAccounts(output_tax=tax_account_codes("477"), input_tax=tax_account_codes("472")),
    )
    if not posting:
        return
    try:
        document.entry_id = await _entry(act, document, posting, contact_name, chain)
    except Refused as refused:
        if refused.path != ("entryOn",):
            raise
        # The journal names its own field.
        refused.path = ("issuedOn",) if document.received_on is None else ("receivedOn",)
        await _check_arrival(act, document, kind, to_post)
        raise


async def _check_arrival(act: Act, document: Document, kind: DocumentKind, to_post: DocumentToPost) -> None:
    """Asks when it arrived, where a lock of all books, of purchases alone or of a closed year keeps it out."""
    is_assessed = any(line.tax.is_self_assessed for line in to_post.lines)
    if kind not in RECEIVED_KINDS or document.received_on is not None or is_assessed:
        return
    day = document.issued_on
    open_on = await first_open_on(act, day, Origin(document.company_id, "DOCUMENT", document.id))
    if open_on > day:
        until = open_on - timedelta(days=1)
        raise ArrivalNeeded(path=("receivedOn",), day=day, locked_until=until, first_open_on=open_on)


def _entry_day(document: Document) -> date:
    return document.received_on or document.issued_on


async def _entry(
    act: Act, document: Document, posting: Sequence[PostingLine], contact_name: str, chain: Chain
) -> UUID:
    return await post_entry(
        act,
        company_id=document.company_id,
        entry_on=_entry_day(document),
        text=" ".join(part for part in (document.number, contact_name) if part),
        lines=[
            EntryLineDraft(
                account_code=line.ledger_account_code,
                debit=line.debit,
                credit=line.credit,
                contact_id=line.contact_id,
                text=line.text,
            )
            for line in posting
        ],
        source="DOCUMENT",
        source_id=document.id,
        chain=chain,
    )


async def _to_post(act: Act, document: Document, kind: DocumentKind) -> DocumentToPost:
    lines = (await act.session.execute(_LINES, {"of_document": document.id})).all()
    taxes = (await act.session.execute(_TAXES, {"of_document": document.id})).all()
    assert document.contact_id is not None
    return DocumentToPost(
        kind=kind,
        contact_id=document.contact_id,
        lines=[
            LineToPost(
                ledger_account_code=line.ledger_account_code
                or _usual_account(kind, tax_code(line.tax_code), is_product=line.is_product),
                base=line.base,
                tax=tax_code(line.tax_code),
                deductible_percent=line.deductible_percent,
            )
            for line in lines
        ],
        totals=totals_of(
            [
                TaxAmount(
                    code=tax_code(tax.tax_code),
                    base=tax.base,
                    quota=tax.quota,
                    surcharge=tax.surcharge,
                    deductible_quota=tax.deductible_quota,
                )
                for tax in taxes
            ],
            withholding=document.withholding,
            outlays=document.outlay_total,
        ),
        is_credit_note=document.rectifies_id is not None or document.total < 0,
        is_vat_alone=is_vat_alone(document.rectification_cause),
        text=document.number or "",
    )


def _usual_account(kind: DocumentKind, tax: TaxCode, *, is_product: bool) -> str:
    """Where a line goes that names no account. Who paid an outlay is open until somebody says it: 555."""
    if tax.is_outlay:
        return "555"
    if kind in SALES_KINDS:
        return "700" if is_product else "705"
    return "600" if is_product else "629"
