"""Writes of the contact book, one file per act: cards, duplicates, merging, importing."""

from services.contacts.actions.cards import (
    NewContact,
    Twins,
    archive_contact,
    create_contact,
    restore_contact,
    update_contact,
)

__all__ = ["NewContact", "Twins", "archive_contact", "create_contact", "restore_contact", "update_contact"]
