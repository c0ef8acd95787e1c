"""Alembic's entry: one linear history, run by `gateway.cli migrate` with the owner's connection."""

from importlib import import_module

from alembic import context
from sqlmodel import SQLModel

for _module in (
    "access",
    "uploads",
    "accounts",
    "contacts",
    "journal",
    "documents",
    "verifactu",
    "banking",
    "inbox",
    "exports",
    "taxes",
    "portal",
    "recurring",
):
    import_module(f"services.{_module}.models")

_connection = context.config.attributes["connection"]
context.configure(connection=_connection, target_metadata=SQLModel.metadata, compare_type=True)
with context.begin_transaction():
    context.run_migrations()
