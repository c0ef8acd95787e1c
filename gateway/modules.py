"""The table of contents: every module that adds to the schema, in the order of their imports."""

from types import ModuleType

from services.access import schema as access
from services.accounts import schema as accounts
from services.banking import schema as banking
from services.contacts import schema as contacts
from services.documents import schema as documents
from services.inbox import schema as inbox
from services.journal import schema as journal
from services.portal import schema as portal
from services.reports import schema as reports
from services.verifactu import schema as verifactu

MODULES: tuple[ModuleType, ...] = (
    access,
    accounts,
    contacts,
    journal,
    verifactu,
    documents,
    banking,
    inbox,
    reports,
    portal,
)
