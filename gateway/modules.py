"""The table of contents: every module that adds to the schema, in the order of their imports."""

from types import ModuleType

from services.access import schema as access
from services.accounts import exports as accounts_exports
from services.accounts import schema as accounts
from services.audit import exports as audit_exports
from services.audit import schema as audit
from services.banking import exports as banking_exports
from services.banking import schema as banking
from services.contacts import exports as contacts_exports
from services.contacts import schema as contacts
from services.documents import exports as documents_exports
from services.documents import schema as documents
from services.einvoices import schema as einvoices
from services.exports import schema as exports
from services.inbox import schema as inbox
from services.journal import exports as journal_exports
from services.journal import schema as journal
from services.kit.exports import Exported
from services.portal import exports as portal_exports
from services.portal import schema as portal
from services.recurring import schema as recurring
from services.reports import exports as reports_exports
from services.reports import schema as reports
from services.taxes import exports as taxes_exports
from services.taxes import schema as taxes
from services.verifactu import schema as verifactu

EXPORTS: tuple[Exported, ...] = (
    *accounts_exports.EXPORTS,
    *audit_exports.EXPORTS,
    *contacts_exports.EXPORTS,
    *journal_exports.EXPORTS,
    *documents_exports.EXPORTS,
    *banking_exports.EXPORTS,
    *reports_exports.EXPORTS,
    *taxes_exports.EXPORTS,
    *portal_exports.EXPORTS,
)
"""The lists that may leave as files."""

MODULES: tuple[ModuleType, ...] = (
    access,
    accounts,
    audit,
    contacts,
    journal,
    verifactu,
    documents,
    banking,
    inbox,
    reports,
    exports,
    recurring,
    einvoices,
    portal,
    taxes,
)
