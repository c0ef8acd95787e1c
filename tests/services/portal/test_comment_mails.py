"""A comment is mailed to a contact that can read it where it stands, and to nobody else."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from services.access.policy import Scope
from services.kit import clock
from services.portal.actions import add_comment
from tests.services.portal.test_actions import _mails_to
from tests.support.builders.portal import Publisher


async def _mailed(publisher: Publisher, document_id: UUID) -> int:
    """How many mails X gets when the issuer says something about a document."""
    async with publisher.office.act(publisher.owner) as act:
        await add_comment(act, document_id, "They will pay more.", request_key=str(document_id))
        statement = text("select email from person where id = :id")
        address = await act.session.scalar(statement, {"id": publisher.x.person_id})
    return len(await _mails_to(publisher.office, address))


async def _ends_on(publisher: Publisher, day: date) -> None:
    statement = "update membership set expires_on = $2 where id = $1"
    await publisher.office.by_hand(statement, publisher.x.id, day)


async def test_what_is_shown_is_mailed(publisher: Publisher) -> None:
    await _ends_on(publisher, clock.today("Europe/Madrid"))
    assert await _mailed(publisher, await publisher.document("F1")) == 1


@pytest.mark.parametrize(
    "columns",
    [
        {"status": "DRAFT"},
        {"status": "PENDING_REVIEW"},
        {"sent_at": None},
        {"archived_at": datetime(2026, 3, 3, tzinfo=UTC)},
    ],
    ids=["draft", "in review", "not sent", "archived"],
)
async def test_what_is_not_shown_is_not_mailed(publisher: Publisher, columns: dict[str, Any]) -> None:
    assert await _mailed(publisher, await publisher.document("F1", **columns)) == 0


async def test_who_may_look_no_longer_is_not_mailed(publisher: Publisher) -> None:
    await _ends_on(publisher, date(2026, 1, 1))
    assert await _mailed(publisher, await publisher.document("F1")) == 0


@pytest.mark.parametrize("lacking", [Scope.SALES, Scope.MESSAGES])
async def test_who_was_given_no_comments_or_documents_is_not_mailed(
    publisher: Publisher, lacking: Scope
) -> None:
    seen = (Scope.SALES.bit | Scope.MESSAGES.bit | Scope.CONTACTS.bit) & ~lacking.bit
    statement = "update membership set can_view = $2, can_edit = 0 where id = $1"
    await publisher.office.by_hand(statement, publisher.x.id, seen)
    assert await _mailed(publisher, await publisher.document("F1")) == 0
