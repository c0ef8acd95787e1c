"""What a person chose for a bank line: documents locked and read, and the journal lines that follow."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select

from services.access.interface import Act, as_id
from services.banking.models import BankLine
from services.banking.rules.entries import Account, entry_amounts
from services.banking.rules.signals import Direction
from services.banking.rules.targets import Part, Target
from services.documents.interface import document_table, paid_by_money, share_in_books
from services.journal.interface import (
    EntryLineDraft,
    journal_line_table,
    ledger_account_table,
    needs_contact,
)
from services.kit.errors import NotFound, Refused
from services.kit.money import ZERO

TEXT_LENGTH_MAX = 120
THIRD_PARTIES = ("430", "400", "410", "523")
"""Groups a document's contact stands in: customers, suppliers, creditors, suppliers of fixed assets."""

OPEN_STATUSES = ("APPROVED", "PARTLY_PAID")
PAID_STATUSES = ("PARTLY_PAID", "PAID")

_TARGETS = ("input", "targets")
_PARTS = ("input", "parts")
_document, _ledger, _entry_line = document_table(), ledger_account_table(), journal_line_table()

# Written once: every reconciliation runs these, and building a statement costs more than running it.
_LOCKED_DOCUMENTS = (
    select(
        *(
            _document.c[name]
            for name in ("id", "number", "status", "side", "kind", "currency", "total", "outstanding")
        ),
        _document.c.contact_id,
        _document.c.entry_id,
    )
    .where(
        _document.c.company_id == bindparam("of_company"),
        _document.c.id.in_(bindparam("documents", expanding=True)),
    )
    .order_by(_document.c.id)
    .with_for_update()
)
_COUNTER_CODES = (
    select(_entry_line.c.entry_id, _ledger.c.code)
    .join(_ledger, _ledger.c.id == _entry_line.c.ledger_account_id)
    .where(
        _entry_line.c.entry_id.in_(bindparam("entries", expanding=True)),
        _ledger.c.code.op("~")(f"^({'|'.join(THIRD_PARTIES)})"),
    )
    .order_by(_entry_line.c.entry_id, _entry_line.c.position.desc())
)


class DocumentNotOpen(Refused):
    """The document is a draft, cancelled or paid; only what is posted and open can be settled."""

    code = "DOCUMENT_NOT_OPEN"
    sentence = "Document {number} is not open: its state is {status}."
    words = frozenset({"status"})


class NothingToGiveBack(Refused):
    """No money settled the document, so none of it can have gone back."""

    code = "NOTHING_TO_GIVE_BACK"
    sentence = "Nothing of document {number} was paid with money, so none of it can go back."


class PartNeedsContact(Refused):
    """What goes to a third party's account must say whose it is."""

    code = "PART_NEEDS_CONTACT"
    sentence = "Say whose the amount on account {account_code} is."


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedTarget:
    """A document and how much of it (positive, in its currency) the line shall settle.

    With `gives_back` that much of what was paid goes back (rule 16). `paid` is what the line gives for it, in the
    line's currency; needed where the document is in another one.
    """

    document_id: UUID | str
    amount: Decimal
    gives_back: bool = False
    paid: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedPart:
    """An account of the chart and what of the line goes there; positive for money in, negative for money out."""

    account_code: str
    amount: Decimal
    contact_id: UUID | str | None = None


async def locked_documents(act: Act, company_id: UUID, targets: Sequence[AskedTarget]) -> dict[UUID, Any]:
    """This will give the documents by id, locked in the order of their ids so that no two acts wait for each other."""
    ids = {as_id(target.document_id, "document", _TARGETS) for target in targets}
    if not ids:
        return {}
    rows = await act.session.execute(_LOCKED_DOCUMENTS, {"of_company": company_id, "documents": sorted(ids)})
    return {row.id: row for row in rows}


async def chosen_targets(
    act: Act, documents: Mapping[UUID, Any], asked: Sequence[AskedTarget]
) -> list[Target]:
    """This will read what was asked against what stands. Raises NotFound for a document that is not there."""
    chosen = []
    for one in asked:
        document = documents.get(as_id(one.document_id, "document", _TARGETS))
        if document is None:
            raise NotFound("document", path=_TARGETS)
        comes_in = (document.side == "SALES") == (document.total > ZERO)
        held = await paid_by_money(act, document.id) if one.gives_back else document.outstanding
        chosen.append(
            Target(
                document_id=document.id,
                number=document.number or "",
                amount=one.amount,
                outstanding=abs(held),
                direction=Direction.IN if comes_in != one.gives_back else Direction.OUT,
                currency=document.currency,
                contact_id=document.contact_id,
                gives_back=one.gives_back,
                paid=one.paid,
            )
        )
    return chosen


def chosen_parts(asked: Sequence[AskedPart]) -> list[Part]:
    """This will read the parts. Raises PartNeedsContact; the journal says whether the accounts are there."""
    parts = []
    for one in asked:
        contact_id = None if one.contact_id is None else as_id(one.contact_id, "contact", _PARTS)
        if contact_id is None and needs_contact(one.account_code):
            raise PartNeedsContact(path=_PARTS, account_code=one.account_code)
        parts.append(Part(account_code=one.account_code, amount=one.amount, contact_id=contact_id))
    return parts


def check_open(documents: Mapping[UUID, Any], chosen: Sequence[Target]) -> None:
    """This will refuse what has no entry, or is in the wrong state; an approved order owes nothing.

    Raises DocumentNotOpen, and NothingToGiveBack.
    """
    for target in chosen:
        document = documents[target.document_id]
        wanted = PAID_STATUSES if target.gives_back else OPEN_STATUSES
        if target.gives_back and (document.status not in wanted or not target.outstanding):
            raise NothingToGiveBack(path=_TARGETS, number=target.number)
        if document.status not in wanted or document.entry_id is None:
            raise DocumentNotOpen(path=_TARGETS, number=target.number, status=document.status)


def settled_amount(document: Any, target: Target) -> Decimal:
    """This will give the target's amount with the sign of the document's total."""
    return target.amount if document.total > ZERO else -target.amount


async def entry_lines(
    act: Act,
    line: BankLine,
    documents: Mapping[UUID, Any],
    chosen: Sequence[Target],
    parts: Sequence[Part],
    *,
    bank_code: str,
    rate: Decimal,
    text: str,
) -> list[EntryLineDraft]:
    """This will give the entry of a reconciliation: the bank, each document on its own account, each part, 668 or 768.

    `rate` is what one unit of the line's currency is worth in the books.
    """
    codes = await _counter_codes(act, [documents[target.document_id].entry_id for target in chosen])
    cleared = []
    for target in chosen:
        document = documents[target.document_id]
        taken = settled_amount(document, target)
        booked = await share_in_books(
            act, document_id=document.id, amount=-taken if target.gives_back else taken
        )
        account = Account(codes[document.entry_id], document.contact_id, target.number)
        cleared.append((account, -booked if document.side == "SALES" else booked))
    given = [(Account(part.account_code, part.contact_id, ""), part.amount) for part in parts]
    money = [target.money for target in chosen]
    amounts = entry_amounts(bank_code, money, cleared, given, rate=rate, is_in=line.amount > ZERO)
    return [
        EntryLineDraft(
            account_code=account.code,
            debit=max(amount, ZERO),
            credit=max(-amount, ZERO),
            contact_id=account.contact_id,
            text=f"{account.number} {text}".strip()[:TEXT_LENGTH_MAX],
        )
        for account, amount in amounts
    ]


async def _counter_codes(act: Act, entry_ids: Sequence[UUID]) -> dict[UUID, str]:
    """Where each document's entry put its customer or supplier, so that the settlement empties the same account."""
    if not entry_ids:
        return {}
    rows = await act.session.execute(_COUNTER_CODES, {"entries": entry_ids})
    return {row[0]: row[1] for row in rows}
