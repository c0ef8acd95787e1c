"""Reading, commenting, and access that comes and goes."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID

import orjson
import pytest
from sqlalchemy import select, text

from services.access.interface import PasswordLinkUsed, choose_password, sign_in
from services.access.sign_in import SignInFailed
from services.kit import clock
from services.kit.errors import BadInput, Denied, NotFound
from services.kit.links import LinkExpired, LinkForged
from services.kit.mail import texts_of
from services.portal.actions import (
    add_comment,
    grant_portal_access,
    record_downloaded,
    record_opened,
    revoke_portal_access,
)
from services.portal.models import DocumentView
from tests.support.builders.portal import Publisher, add_contact
from tests.support.office import Office

SECRET = "a secret of the tests that is long enough"
_view: Any = DocumentView.__table__  # type: ignore[attr-defined]
MARKS = "query($id: ID!) { portalDocument(id: $id) { openedAt readAt } }"
COMMENT = """mutation($id: ID!, $text: String!, $key: String!) {
  addComment(documentId: $id, text: $text, requestKey: $key) {
    message { id text authorName byIssuer } refusals { code } } }"""
OPENED = """mutation($id: ID!) {
  markOpened(documentId: $id) { document { id openedAt readAt } refusals { code } } }"""
ACCESS = """mutation($ids: [ID!]!) { %s(contactIds: $ids) { contacts { id portalState }
  results { contactId done refusal { code } } refusals { code } } }"""


async def _mails(office: Office) -> list[dict[str, Any]]:
    """What waits to be sent in this worker's database; tests tell theirs by the address."""
    async with office.database.engine.connect() as connection:
        rows = await connection.execute(
            text("select payload from pgqueuer where entrypoint = 'send_mail' order by id")
        )
        return [orjson.loads(row.payload) for row in rows]


async def _mails_to(office: Office, address: str) -> list[dict[str, Any]]:
    return [mail for mail in await _mails(office) if mail["to"] == address]


async def _issuer_mail(publisher: Publisher) -> str:
    address = f"office.{publisher.company_id.hex[-12:]}@example.test"
    async with publisher.office.act(publisher.owner) as act:
        await act.session.execute(
            text("update company set email = :email where id = :id"),
            {"email": address, "id": publisher.company_id},
        )
    return address


async def _marks(publisher: Publisher, document_id: UUID) -> tuple[Any, Any]:
    answer = await publisher.office.ask(publisher.x, MARKS, {"id": str(document_id)})
    shown = answer.data["portalDocument"]
    return shown["openedAt"], shown["readAt"]


async def _views(publisher: Publisher, document_id: UUID) -> list[str]:
    async with publisher.office.act(publisher.owner) as act:
        rows = await act.session.scalars(
            select(_view.c.act).where(_view.c.document_id == document_id).order_by(_view.c.at)
        )
        return list(rows)


async def test_the_first_download_marks_read_once_and_mails_the_issuer_once(publisher: Publisher) -> None:
    address = await _issuer_mail(publisher)
    made = await publisher.document("F1")
    async with publisher.office.act(publisher.x) as act:
        assert await record_downloaded(act, made) is True
    _, read_at = await _marks(publisher, made)
    assert read_at is not None
    async with publisher.office.act(publisher.x) as act:
        assert await record_downloaded(act, made) is False
    assert (await _marks(publisher, made))[1] == read_at
    assert await _views(publisher, made) == ["DOWNLOADED", "DOWNLOADED"]
    (mail,) = await _mails_to(publisher.office, address)
    assert "F1" in mail["subject"]
    assert "Xavier Mas" in mail["text"]


async def test_staff_never_mark_anything(publisher: Publisher) -> None:
    made = await publisher.document("F1")
    for viewer in (publisher.office.owner, publisher.owner):
        async with publisher.office.act(viewer) as act:
            assert await record_downloaded(act, made) is False
            await record_opened(act, made)
    assert await _marks(publisher, made) == (None, None)
    assert await _views(publisher, made) == []


async def test_nobody_marks_what_is_not_theirs(publisher: Publisher) -> None:
    made = await publisher.document("F1")
    draft = await publisher.document("F2", status="DRAFT")
    foreign = await Publisher.open(publisher.office, "Bar Nou SL")
    for viewer, document_id in ((publisher.y, made), (foreign.x, made), (publisher.x, draft)):
        async with publisher.office.act(viewer) as act:
            for record in (record_downloaded, record_opened):
                with pytest.raises(NotFound):
                    await record(act, document_id)
    assert await _marks(publisher, made) == (None, None)


async def test_a_preview_sets_opened_and_not_read(publisher: Publisher) -> None:
    made = await publisher.document("F1")
    first = (await publisher.office.ask(publisher.x, OPENED, {"id": str(made)})).data["markOpened"]
    assert first["document"]["openedAt"] is not None
    assert first["document"]["readAt"] is None
    again = (await publisher.office.ask(publisher.x, OPENED, {"id": str(made)})).data["markOpened"]
    assert again["document"] == first["document"]
    assert await _views(publisher, made) == ["OPENED", "OPENED"]
    hidden = (await publisher.office.ask(publisher.y, OPENED, {"id": str(made)})).data["markOpened"]
    assert hidden == {"document": None, "refusals": [{"code": "NOT_FOUND"}]}


async def test_comments_go_both_ways(publisher: Publisher) -> None:
    office, address = publisher.office, await _issuer_mail(publisher)
    made = await publisher.document("F1")
    asked = {"id": str(made), "text": "  Is the oak treated?\nThanks ", "key": "k1"}
    sent = (await office.ask(publisher.x, COMMENT, asked)).data["addComment"]
    assert sent["message"] | {"id": ""} == {
        "id": "",
        "text": "Is the oak treated?\nThanks",
        "authorName": "Clara Vidal",
        "byIssuer": False,
    }
    assert (await office.ask(publisher.x, COMMENT, asked)).data["addComment"] == sent, (
        "the same key, the same comment"
    )
    (mail,) = await _mails_to(office, address)
    assert "Is the oak treated?" in mail["text"]
    assert str(made) in mail["text"], "a link to the document"

    # The same key of another author is another comment.
    reply = (await office.ask(office.manager, COMMENT, asked | {"text": "It is."})).data["addComment"]
    assert reply["message"]["byIssuer"] is True
    async with office.act(publisher.owner) as act:
        contact_mail = await act.session.scalar(
            text("select email from person where id = :id"), {"id": publisher.x.person_id}
        )
    (mail,) = await _mails_to(office, contact_mail)
    assert "It is." in mail["text"]
    assert len(await _mails_to(office, address)) == 1, "none to the author's side"

    seen = "query($id: ID!) { portalDocument(id: $id) { messages { text byIssuer } } }"
    answer = await office.ask(publisher.x, seen, {"id": str(made)})
    assert [item["byIssuer"] for item in answer.data["portalDocument"]["messages"]] == [False, True]
    staff = "query($id: ID!) { salesDocument(id: $id) { messages { text } lastMessage { text byIssuer } } }"
    answer = await office.ask(office.manager, staff, {"id": str(made)})
    assert answer.data["salesDocument"] == {
        "messages": [{"text": "Is the oak treated?\nThanks"}, {"text": "It is."}],
        "lastMessage": {"text": "It is.", "byIssuer": True},
    }


async def test_comments_on_what_one_does_not_see_are_refused(publisher: Publisher) -> None:
    office = publisher.office
    made = await publisher.document("F1")
    foreign = await Publisher.open(office, "Bar Nou SL")
    for viewer in (publisher.y, foreign.x, foreign.owner):
        answer = await office.ask(viewer, COMMENT, {"id": str(made), "text": "Hello", "key": "k"})
        assert answer.data["addComment"] == {"message": None, "refusals": [{"code": "NOT_FOUND"}]}
    empty = await office.ask(publisher.x, COMMENT, {"id": str(made), "text": " \n", "key": "k"})
    assert empty.data["addComment"]["refusals"] == [{"code": "BAD_INPUT"}]


async def _signs_in(office: Office, login: str, password: str) -> bool:
    try:
        await sign_in(
            office.database, surface="portal", login=login, password=password, network=f"test {login}"
        )
    except SignInFailed:
        return False
    return True


def _token(mail: dict[str, Any]) -> str:
    """The token of the link that the mail holds when it is sent."""
    (line,) = [line for line in texts_of(mail, SECRET)["text"].splitlines() if "/password#" in line]
    return line.partition("#")[2]


async def _chosen(office: Office, mail: dict[str, Any], password: str) -> str:
    await choose_password(office.database, secret=SECRET, token=_token(mail), password=password)
    return password


async def test_access_is_granted_per_contact_with_one_mail_each(publisher: Publisher) -> None:
    office = publisher.office
    email = f"z.{publisher.company_id.hex[-12:]}@example.test"
    with_mail = await add_contact(office, publisher.owner, publisher.company_id, "Zoe Roig", email)
    without = await add_contact(office, publisher.owner, publisher.company_id, "Sense Correu")
    foreign = await Publisher.open(office, "Bar Nou SL")
    ids = [str(found) for found in (with_mail, without, publisher.x_id, foreign.x_id)]

    answer = (await office.ask(publisher.owner, ACCESS % "grantPortalAccess", {"ids": ids})).data[
        "grantPortalAccess"
    ]

    assert [
        (found["done"], found["refusal"] and found["refusal"]["code"]) for found in answer["results"]
    ] == [
        (True, None),
        (False, "EMAIL_MISSING"),
        (False, "HAS_ACCESS_ALREADY"),
        (False, "NOT_FOUND"),
    ]
    assert answer["contacts"] == [{"id": str(with_mail), "portalState": "INVITED"}]
    (mail,) = await _mails_to(office, email)
    assert f"/portal/puig-{publisher.company_id.hex[-12:]}/sign-in" in mail["text"]
    assert mail["link"], "what is queued names the link"
    assert _token(mail) not in str(mail), "and does not hold it"
    assert await _signs_in(office, email, await _chosen(office, mail, "a long first one"))
    state = "query($id: ID!) { contact(id: $id) { portalState } }"
    shown = await office.ask(office.manager, state, {"id": str(with_mail)})
    assert shown.data == {"contact": {"portalState": "ACTIVE"}}
    assert (await office.ask(office.manager, state, {"id": str(without)})).data == {
        "contact": {"portalState": "NONE"}
    }


async def test_access_goes_and_comes_back(publisher: Publisher) -> None:
    office = publisher.office
    email = f"z.{publisher.company_id.hex[-12:]}@example.test"
    contact = await add_contact(office, publisher.owner, publisher.company_id, "Zoe Roig", email)
    ids = {"ids": [str(contact)]}

    async def change(name: str) -> Any:
        data = (await office.ask(publisher.owner, ACCESS % name, ids)).data[name]
        return (
            data["contacts"][0]["portalState"] if data["contacts"] else data["results"][0]["refusal"]["code"]
        )

    assert await change("revokePortalAccess") == "NO_SUCH_ACCESS"
    await change("grantPortalAccess")
    (first,) = await _mails_to(office, email)
    password = await _chosen(office, first, "a long first one")
    assert await _signs_in(office, email, password)
    assert await change("deactivatePortalAccess") == "DEACTIVATED"
    assert not await _signs_in(office, email, password)
    assert await change("deactivatePortalAccess") == "NO_SUCH_ACCESS"
    assert await change("reactivatePortalAccess") == "ACTIVE"
    assert await _signs_in(office, email, password), "user and password are kept"
    assert len(await _mails_to(office, email)) == 1, "no mail for that"
    assert await change("revokePortalAccess") == "REVOKED"
    assert not await _signs_in(office, email, password)
    assert await change("grantPortalAccess") == "INVITED"
    _, second = await _mails_to(office, email)
    assert not await _signs_in(office, email, password), "the old password is gone"
    assert await _signs_in(office, email, await _chosen(office, second, "a long second one"))


async def test_another_publisher_cannot_replace_a_password(publisher: Publisher) -> None:
    office = publisher.office
    email = f"z.{publisher.company_id.hex[-12:]}@example.test"
    here = await add_contact(office, publisher.owner, publisher.company_id, "Zoe Roig", email)
    other = await Publisher.open(office, "Bar Nou SL")
    there = await add_contact(office, other.owner, other.company_id, "Zoe R.", email)
    async with office.act(publisher.owner) as act:
        await grant_portal_access(act, [here])
    (first,) = await _mails_to(office, email)
    for name in ("grantPortalAccess", "revokePortalAccess", "grantPortalAccess"):
        await office.ask(other.owner, ACCESS % name, {"ids": [str(there)]})
    mails = await _mails_to(office, email)
    assert len(mails) == 3
    assert not any("link" in mail or "/password" in mail["text"] for mail in mails[1:])
    assert await _signs_in(office, email, await _chosen(office, first, "a long first one"))


async def test_a_link_to_a_password_opens_once_and_for_a_week(publisher: Publisher) -> None:
    office = publisher.office
    email = f"z.{publisher.company_id.hex[-12:]}@example.test"
    contact = await add_contact(office, publisher.owner, publisher.company_id, "Zoe Roig", email)
    async with office.act(publisher.owner) as act:
        await grant_portal_access(act, [contact])
    (mail,) = await _mails_to(office, email)

    with clock.moved_to(clock.now() + timedelta(days=7, minutes=1)), pytest.raises(LinkExpired):
        await _chosen(office, mail, "a long first one")
    with pytest.raises(BadInput):
        await _chosen(office, mail, "short")
    with pytest.raises(LinkForged):
        await choose_password(
            office.database, secret="of another installation", token=_token(mail), password="a long first one"
        )
    outcomes = await asyncio.gather(
        *(_chosen(office, mail, f"a long one, number {number}") for number in range(4)),
        return_exceptions=True,
    )

    taken = [outcome for outcome in outcomes if isinstance(outcome, str)]
    assert len(taken) == 1
    assert [type(outcome) for outcome in outcomes if not isinstance(outcome, str)] == [PasswordLinkUsed] * 3
    assert await _signs_in(office, email, taken[0])


async def test_a_link_to_a_password_ends_with_the_access(publisher: Publisher) -> None:
    office = publisher.office
    email = f"z.{publisher.company_id.hex[-12:]}@example.test"
    contact = await add_contact(office, publisher.owner, publisher.company_id, "Zoe Roig", email)
    async with office.act(publisher.owner) as act:
        await grant_portal_access(act, [contact])
        await revoke_portal_access(act, [contact])
        await grant_portal_access(act, [contact])
    first, second = await _mails_to(office, email)

    with pytest.raises(PasswordLinkUsed):
        await _chosen(office, first, "a long first one")
    assert await _signs_in(office, email, await _chosen(office, second, "a long second one"))


@pytest.mark.parametrize("change", ["revokePortalAccess", "deactivatePortalAccess"])
async def test_ended_access_ends_at_the_next_request(publisher: Publisher, change: str) -> None:
    office = publisher.office
    made = await publisher.document("F1")
    assert (await office.ask(publisher.x, MARKS, {"id": str(made)})).data["portalDocument"] is not None
    assert (await office.ask(publisher.owner, ACCESS % change, {"ids": [str(publisher.x_id)]})).data[change][
        "contacts"
    ]
    for planned in (True, False):
        answer = await office.ask(publisher.x, MARKS, {"id": str(made)}, planned=planned)
        assert answer.data is None
        assert answer.codes == ["UNAUTHENTICATED"]
    with pytest.raises(NotFound):
        async with office.act(publisher.x) as act:
            await record_downloaded(act, made)


async def test_who_may_not_share_grants_nothing(publisher: Publisher) -> None:
    office = publisher.office
    ids = {"ids": [str(publisher.x_id)]}
    for viewer in (office.bookkeeper, publisher.x):
        answer = await office.ask(viewer, ACCESS % "revokePortalAccess", ids)
        assert answer.codes[0] in {"ROLE", "DENIED"}
    no_sales = await office.client("Sense vendes SL", view=frozenset())
    owner = await office.client_owner(no_sales)
    contact = await add_contact(office, owner, no_sales, "Pere Pi", f"p.{no_sales.hex[-12:]}@example.test")
    answer = await office.ask(office.manager, ACCESS % "grantPortalAccess", {"ids": [str(contact)]})
    (result,) = answer.data["grantPortalAccess"]["results"]
    assert result["done"] is False, "nobody shares a scope it does not have"


async def test_a_manager_without_sales_cannot_comment(publisher: Publisher) -> None:
    office = publisher.office
    made = await publisher.document("F1")
    async with office.act(publisher.owner) as act:
        await act.session.execute(
            text("update access_grant set can_view = 0 where company_id = :id"), {"id": publisher.company_id}
        )
    with pytest.raises(Denied):
        async with office.act(office.manager) as act:
            await add_comment(act, made, "Hello", request_key="k")
