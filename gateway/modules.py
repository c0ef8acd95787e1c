"""The table of contents: every module that adds to the schema, in the order of their imports."""

from types import ModuleType

from services.access import schema as access
from services.accounts import schema as accounts
from services.contacts import schema as contacts

MODULES: tuple[ModuleType, ...] = (access, accounts, contacts)
