"""What the journal refuses beside the rules of a single entry."""

from services.kit.errors import Refused


class LedgerAccountMissing(Refused):
    """The company's chart has no such account."""

    code = "LEDGER_ACCOUNT_MISSING"
    sentence = "This company has no ledger account {account_code}."


class AccountNotPostable(Refused):
    """The account has sub-accounts (or must have them), so entries go to those."""

    code = "ACCOUNT_NOT_POSTABLE"
    sentence = "Entries cannot use {account_code}, because it has sub-accounts. Choose one of those."


class EntryAlreadyPosted(Refused):
    """Posted entries are never edited."""

    code = "ENTRY_ALREADY_POSTED"
    sentence = "This entry is posted as number {number} and cannot change. Reverse it instead."


class EntryNotPosted(Refused):
    """A draft is edited or deleted, not reversed."""

    code = "ENTRY_NOT_POSTED"
    sentence = "This entry is a draft. Only posted entries are reversed and reviewed."


class EntryAlreadyReversed(Refused):
    """An entry is reversed once."""

    code = "ENTRY_ALREADY_REVERSED"
    sentence = "Entry {number} has already been reversed."


class FiscalYearClosed(Refused):
    """The year of the day was closed."""

    code = "FISCAL_YEAR_CLOSED"
    sentence = "The fiscal year {year} is closed."
