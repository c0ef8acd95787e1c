"""What the contact book declines."""

from collections.abc import Sequence
from uuid import UUID

from services.kit.errors import Refused

NAMED_MAX = 3
"""How many look-alikes a sentence names; the payload holds them all."""


class ContactChanged(Refused):
    """Somebody saved the card after it was read; nothing was written over."""

    code = "CONTACT_CHANGED"
    sentence = "Somebody has changed this contact meanwhile. Load it again and repeat your change."


class ContactMerged(Refused):
    """The card was merged into another, which stands for it now."""

    code = "CONTACT_MERGED"
    sentence = "This contact was merged into {name}. Change that one, or undo the merge first."


class TaxIdTaken(Refused):
    """Another card of the book has this tax identifier. `contact_id` says which."""

    code = "TAX_ID_TAKEN"
    sentence = "{name} has the tax identifier {tax_id} already. Use that contact, or merge the two."


class ContactsSimilar(Refused):
    """Cards that may be the same business; the caller may say that they are not."""

    code = "CONTACTS_SIMILAR"
    sentence = "There may be one already: {names}. Save again if this is another one."

    def __init__(self, contact_ids: Sequence[UUID], names: Sequence[str]) -> None:
        shown = ", ".join(names[:NAMED_MAX]) + (" …" if len(names) > NAMED_MAX else "")
        super().__init__(path=("input", "name"), names=shown)
        self.contact_ids = tuple(contact_ids)
