"""Cards that were merged hold the places of both; the one that was not revoked is the contact's."""

import pytest

from services.contacts.actions.merging import merge_contacts
from services.portal.actions import grant_portal_access, revoke_portal_access
from tests.support.builders.portal import Publisher, add_contact

STATE = "query($id: ID!) { contact(id: $id) { portalState } }"


@pytest.mark.parametrize("stays", ["the card with access", "the card whose access was revoked"])
async def test_access_is_shown_and_revoked_whatever_was_revoked_later(
    publisher: Publisher, stays: str
) -> None:
    office, owner = publisher.office, publisher.owner
    address = f"z.{publisher.company_id.hex[-12:]}@example.test"
    revoked = await add_contact(office, owner, publisher.company_id, "Zoe Prat", address)
    for change in (grant_portal_access, revoke_portal_access):
        async with office.act(owner) as act:
            await change(act, [revoked])
    kept, gone = publisher.x_id, revoked
    if stays != "the card with access":
        kept, gone = gone, kept
    async with office.act(owner) as act:
        await merge_contacts(act, surviving_id=kept, merged_id=gone)

    seen = await office.ask(publisher.x, "{ portalProfile { name } }")
    shown = await office.ask(owner, STATE, {"id": str(kept)})
    async with office.act(owner) as act:
        (outcome,) = await revoke_portal_access(act, [kept])
    after = await office.ask(publisher.x, "{ portalProfile { name } }")

    assert seen.data["portalProfile"] is not None
    assert shown.data["contact"]["portalState"] == "ACTIVE"
    assert outcome.refused is None
    assert after.codes == ["UNAUTHENTICATED"]
