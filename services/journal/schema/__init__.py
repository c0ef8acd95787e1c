"""The journal in GraphQL: accounts, entries, what people do with them, fiscal years and locks."""

import strawberry

from services.journal.schema.accounts import AccountMutation
from services.journal.schema.closings import ClosingCheck, ClosingMutation, ClosingQuery
from services.journal.schema.entries import (
    EntryAttachment,
    EntryComment,
    EntryOrder,
    EntryQuery,
    EntryState,
    JournalEntry,
    JournalLine,
    JournalLineOrder,
    LedgerAccount,
)
from services.journal.schema.entry_acts import EntryMutation
from services.journal.schema.imports import ImportMutation, RefusedRow
from services.journal.schema.marks import MarkMutation
from services.journal.schema.periods import (
    FiscalYear,
    LockChange,
    LockException,
    PeriodLocks,
    PeriodMutation,
    PeriodQuery,
)
from services.journal.schema.templates import (
    EntryAssistant,
    EntryParameter,
    EntryTemplate,
    EntryTemplateLine,
    TemplateMutation,
    TemplateQuery,
)
from services.journal.schema.verifying import BrokenEntry, LedgerVerification, VerificationQuery

__all__ = [
    "BrokenEntry",
    "ClosingCheck",
    "EntryAssistant",
    "EntryAttachment",
    "EntryComment",
    "EntryOrder",
    "EntryParameter",
    "EntryState",
    "EntryTemplate",
    "EntryTemplateLine",
    "FiscalYear",
    "JournalEntry",
    "JournalLine",
    "JournalLineOrder",
    "LedgerAccount",
    "LedgerVerification",
    "LockChange",
    "LockException",
    "Mutation",
    "PeriodLocks",
    "Query",
    "RefusedRow",
]


@strawberry.type
class Query(EntryQuery, PeriodQuery, ClosingQuery, TemplateQuery, VerificationQuery):
    """What can be asked of the journal."""


@strawberry.type
class Mutation(
    EntryMutation,
    AccountMutation,
    MarkMutation,
    PeriodMutation,
    ClosingMutation,
    TemplateMutation,
    ImportMutation,
):
    """What can be done with the journal."""
