"""Writes of banking: opening an account, importing a statement, proposing, reconciling, undoing."""

from services.banking.actions.accounts import NewBankAccount, open_bank_account
from services.banking.actions.chosen import AskedPart, AskedTarget
from services.banking.actions.proposals import refresh_proposals
from services.banking.actions.reconciliation import Reconciled, reconcile, undo
from services.banking.actions.setting_aside import set_aside, take_line_back
from services.banking.actions.statements import ImportedFile, import_statement, import_uploaded_statement

__all__ = [
    "AskedPart",
    "AskedTarget",
    "ImportedFile",
    "NewBankAccount",
    "Reconciled",
    "import_statement",
    "import_uploaded_statement",
    "open_bank_account",
    "reconcile",
    "refresh_proposals",
    "set_aside",
    "take_line_back",
    "undo",
]
