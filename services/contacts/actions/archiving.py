"""Many cards archived or restored at once, each by itself."""

from collections.abc import Sequence
from uuid import UUID

from services.access.interface import Act, as_id
from services.contacts.actions.cards import archive_contact, restore_contact
from services.kit.batches import Outcome, one_by_one
from services.kit.errors import BadInput

AT_ONCE_MAX = 100


async def archive_contacts(act: Act, contact_ids: Sequence[UUID | str], *, archived: bool) -> list[Outcome]:
    """This will archive cards, or bring them back, each by itself; outcomes in the order asked.

    Asking twice is harmless. Needs CONTACTS EDIT in each company. Raises BadInput for none or more than AT_ONCE_MAX.
    """
    wanted = list(dict.fromkeys(as_id(given, "contact", ("ids",)) for given in contact_ids))
    if not 1 <= len(wanted) <= AT_ONCE_MAX:
        raise BadInput("ids", "name 1 to {most} contacts", most=AT_ONCE_MAX)
    do = archive_contact if archived else restore_contact
    outcomes = await one_by_one(act.session, wanted, lambda contact_id: do(act, contact_id))
    return [outcomes[contact_id] for contact_id in wanted]
