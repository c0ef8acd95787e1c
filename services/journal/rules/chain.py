"""The chain of hashes over a company's posted entries: a later change in the database becomes visible.

LGT art. 201 bis asks for records that cannot be altered.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from uuid import UUID

from services.journal.rules.entries import EntryLine

GENESIS_HASH = "0" * 64
"""What the first entry of a company names as its predecessor."""

CANONICAL_FORM = "atrio-entry-1"
"""Name of the canonical form; a changed form gets a new name, so old hashes stay verifiable."""


@dataclass(frozen=True, kw_only=True)
class PostedEntry:
    """What the chain covers of one posted entry; `lines` in their order of position."""

    company_id: UUID
    fiscal_year: int
    number: int
    entry_on: date
    text: str
    lines: tuple[EntryLine, ...]


@dataclass(frozen=True, kw_only=True)
class ChainedEntry:
    """A posted entry with the hashes stored beside it; 64 lower-case hexadecimal digits each."""

    entry: PostedEntry
    previous_hash: str
    hash: str


def canonical_entry(entry: PostedEntry) -> str:
    """This will write an entry as the one text that its hash is taken of.

    A JSON array without spaces, characters not escaped: name of the form, company id, fiscal year, number,
    date (YYYY-MM-DD), text, and an array of lines in order of position, each [account code, debit, credit,
    contact id, text]. Amounts are plain decimals with two places, an absent contact is the empty text, ids
    are lower case with hyphens. JSON keeps the borders between texts, so no two different entries share a
    form.
    """
    lines = [
        [
            line.ledger_account_code,
            f"{line.debit:.2f}",
            f"{line.credit:.2f}",
            str(line.contact_id) if line.contact_id else "",
            line.text,
        ]
        for line in entry.lines
    ]
    head = [str(entry.company_id), entry.fiscal_year, entry.number, entry.entry_on.isoformat(), entry.text]
    return json.dumps([CANONICAL_FORM, *head, lines], ensure_ascii=False, separators=(",", ":"))


def entry_hash(previous_hash: str, entry: PostedEntry) -> str:
    """This will give sha256(previous hash + canonical entry, in UTF-8) as 64 lower-case hex digits."""
    return sha256((previous_hash + canonical_entry(entry)).encode()).hexdigest()


def verify_chain(
    entries: Iterable[ChainedEntry], *, previous_hash: str = GENESIS_HASH
) -> ChainedEntry | None:
    """This will give the first entry that was changed or moved, or lacks its predecessor; None if all hold.

    `entries` are those of one company in the order of posting. Pass the hash before the first one to verify
    a part.
    """
    expected = previous_hash
    for chained in entries:
        if chained.previous_hash != expected or chained.hash != entry_hash(expected, chained.entry):
            return chained
        expected = chained.hash
    return None
