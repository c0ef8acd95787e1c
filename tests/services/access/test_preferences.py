"""What a person prefers holds from the next request on, though the process remembers who is signed in."""

from services.access.sign_in import open_session
from services.kit import clock
from tests.support.office import Office

PREFER = "mutation($i: PreferencesInput!) { setPreferences(input: $i) { saved } }"


async def test_the_gateway_speaks_the_chosen_language_at_once(office: Office) -> None:
    manager = office.manager
    async with office.database.write(person_id=manager.person_id) as session:
        opened = await open_session(session, manager.person_id, manager.id, "firm", clock.now())
    known = await office.viewers.find(opened.secret)
    assert known is not None
    assert known.viewer.locale != "sv"

    answer = await office.ask(known, PREFER, {"i": {"locale": "sv"}})

    assert answer.data["setPreferences"]["saved"] is True
    now_known = await office.viewers.find(opened.secret)
    assert now_known is not None
    assert now_known.viewer.locale == "sv"
