"""What a viewer needs for reports."""

from services.access.guard import Guard
from services.access.policy import Scope

JOURNAL = Guard(Scope.JOURNAL)
"""The journal itself, entry by entry."""

VIEW = Guard(Scope.REPORTS)
"""Figures, and ledger cards with their lines: product.md 2.3 puts the ledger card under reports."""

CONTACT = Guard(Scope.CONTACTS)
"""Who a third party is: figures by contact are of the reports, the name is of the contact book."""
