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


class AccountArchived(Refused):
    """The account was put away and takes no more entries."""

    code = "ACCOUNT_ARCHIVED"
    sentence = "The account {account_code} is archived. Restore it or choose another."


class ContactNeeded(Refused):
    """A line on a third party's account must say whose it is."""

    code = "CONTACT_NEEDED"
    sentence = "Say which contact the line on {account_code} is about."


class EntryChanged(Refused):
    """Somebody else has changed the draft since it was read."""

    code = "ENTRY_CHANGED"
    sentence = "Somebody has changed this draft meanwhile. Open it again before you change it."


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


class FiscalYearHoldsEntries(Refused):
    """Entries of the year, drafts too, would fall out of it."""

    code = "FISCAL_YEAR_HOLDS_ENTRIES"
    sentence = (
        "{count} entries of this year are not from {starts_on} to {ends_on}. Date those first, or choose other"
        " days."
    )


class FiscalYearClosed(Refused):
    """The year of the day was closed."""

    code = "FISCAL_YEAR_CLOSED"
    sentence = "The fiscal year {year} is closed."


class ClosingEntryStays(Refused):
    """What closes or opens a year is undone by reopening the year, all of it at once."""

    code = "CLOSING_ENTRY_STAYS"
    sentence = "This entry closes or opens a year. Reopen the year to undo it."


class LockExceptionOver(Refused):
    """It has expired or was ended before."""

    code = "LOCK_EXCEPTION_OVER"
    sentence = "This exception is over already."


class AccountExists(Refused):
    """The company's chart has this account already."""

    code = "ACCOUNT_EXISTS"
    sentence = "This company has an account {account_code} already."


class AccountInUse(Refused):
    """An account with a balance, a draft or sub-accounts is not put away."""

    code = "ACCOUNT_IN_USE"
    sentence = "The account {account_code} is in use: it has a balance, drafts or sub-accounts."


class BooksBegun(Refused):
    """Opening balances are entered once, before anything else."""

    code = "BOOKS_BEGUN"
    sentence = "The books have begun before {year}, so its opening comes from closing the year before."
