"""Locks of the books: who moves them, who passes them for a while, and the log that the client reads too."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from services.access.interface import Viewer
from services.access.policy import Scope
from services.journal.actions.locks import EXCEPTION_DAYS_MAX, lock_filed_period
from services.journal.interface import reverse_entry
from services.journal.rules.periods import PeriodLocked
from services.kit import clock
from services.kit.db import Addresses
from tests.support.builders.journal import books, connected, entry, keep_draft, post
from tests.support.office import Answered, Office

MOVE = """mutation ($input: MovePeriodLockInput!) { movePeriodLock(input: $input) {
  refusals { code path message } change { act lock beforeOn afterOn reason changedByName } } }"""
GRANT = """mutation ($input: GrantLockExceptionInput!) { grantLockException(input: $input) {
  refusals { code path } exception { id lock forName reason isLive grantedByName } } }"""
END = "mutation ($id: ID!) { endLockException(id: $id) { refusals { code } exception { isLive } } }"
READ = """query ($c: ID!) { periodLocks(companyId: $c) { softUntil taxUntil hardUntil }
  lockExceptions(companyId: $c) { id isLive } lockChanges(companyId: $c) { act lock reason changedByName } }"""


async def move(office: Office, viewer: Viewer, company_id: UUID, lock: str, **given: Any) -> Any:
    answer = await office.ask(viewer, MOVE, {"input": {"companyId": str(company_id), "lock": lock, **given}})
    return answer.data["movePeriodLock"]


async def grant(office: Office, viewer: Viewer, company_id: UUID, **given: Any) -> Answered:
    asked = {
        "companyId": str(company_id),
        "lock": "SOFT",
        "untilAt": (clock.now() + timedelta(minutes=20)).isoformat(),
        "reason": "A late invoice",
        "requestKey": "one",
        **given,
    }
    return await office.ask(viewer, GRANT, {"input": asked})


async def read(office: Office, viewer: Viewer, company_id: UUID) -> Any:
    return (await office.ask(viewer, READ, {"c": str(company_id)})).data


class TestMoving:
    async def test_is_logged_with_who_and_why_and_the_client_reads_it(self, office: Office) -> None:
        company_id = await books(office)
        client = await office.client_owner(company_id)

        moved = await move(office, office.admin, company_id, "SOFT", until="2026-03-31", reason="Q1 is done")
        again = await move(office, office.admin, company_id, "SOFT", until="2026-03-31")

        assert moved["change"] == {
            "act": "MOVED",
            "lock": "SOFT",
            "beforeOn": None,
            "afterOn": "2026-03-31",
            "reason": "Q1 is done",
            "changedByName": "Adrià Mas",
        }
        assert again == {"refusals": [], "change": None}
        seen = await read(office, client, company_id)
        assert seen["periodLocks"]["softUntil"] == "2026-03-31"
        assert seen["lockChanges"] == [
            {"act": "MOVED", "lock": "SOFT", "reason": "Q1 is done", "changedByName": "Adrià Mas"}
        ]

    async def test_back_needs_a_reason(self, office: Office) -> None:
        company_id = await books(office)
        await move(office, office.owner, company_id, "TAX", until="2026-03-31")

        refused = await move(office, office.owner, company_id, "TAX", until="2025-12-31")
        gone = await move(office, office.owner, company_id, "TAX", reason="The return is filed anew")

        assert (refused["refusals"][0]["code"], refused["refusals"][0]["path"]) == ("BAD_INPUT", ["reason"])
        assert gone["change"]["afterOn"] is None

    @pytest.mark.parametrize("daybook", [None, "SALES"])
    async def test_to_a_year_that_somebody_mistyped_is_refused(
        self, office: Office, daybook: str | None
    ) -> None:
        company_id = await books(office)

        refused = await move(
            office, office.admin, company_id, "SOFT", daybook=daybook, until="9999-12-31", reason="Q1"
        )
        await post(office, company_id, viewer=office.bookkeeper)

        assert [(one["code"], one["path"]) for one in refused["refusals"]] == [("BAD_INPUT", ["until"])]

    async def test_the_hard_lock_back_is_refused(self, office: Office) -> None:
        company_id = await books(office)
        await move(office, office.owner, company_id, "HARD", until="2025-06-30")

        earlier = await move(office, office.owner, company_id, "HARD", until="2025-03-31", reason="Please")
        gone = await move(office, office.owner, company_id, "HARD", reason="Please")
        over_the_end = await move(office, office.owner, company_id, "HARD", until="2025-12-31")

        assert earlier["refusals"][0]["code"] == "HARD_LOCK_STAYS"
        assert gone["refusals"][0]["code"] == "HARD_LOCK_STAYS"
        assert over_the_end["refusals"][0]["code"] == "HARD_LOCK_NEEDS_CLOSING"
        assert (await read(office, office.owner, company_id))["periodLocks"]["hardUntil"] == "2025-06-30"

    async def test_is_for_owner_and_admins_and_nobody_elsewhere(self, office: Office, tmp_path: Any) -> None:
        company_id = await books(office)
        hidden = await office.client("Sense permís SL", view=frozenset({Scope.JOURNAL}))
        stranger = await Office.open(office.database, tmp_path / "stranger", "Assessoria Lluna SL")
        given = {"companyId": str(company_id), "lock": "SOFT", "until": "2026-03-31"}

        manager = await office.ask(office.manager, MOVE, {"input": given})
        client = await office.ask(await office.client_owner(company_id), MOVE, {"input": given})
        foreign = await move(stranger, stranger.owner, company_id, "SOFT", until="2026-03-31")
        not_granted = await move(office, office.owner, hidden, "SOFT", until="2026-03-31")

        assert manager.codes == client.codes == ["ROLE"]
        assert foreign["refusals"][0]["code"] == "NOT_FOUND"
        assert not_granted["refusals"][0]["code"] == "DENIED"
        assert (await read(office, office.owner, company_id))["periodLocks"] is None
        assert await read(stranger, stranger.owner, company_id) == {
            "periodLocks": None,
            "lockExceptions": [],
            "lockChanges": [],
        }

    async def test_by_a_filed_return_goes_forwards_only(self, office: Office) -> None:
        company_id = await books(office)
        async with office.act() as act:
            first = await lock_filed_period(act, company_id, date(2026, 3, 31), reason="303, first quarter")
            earlier = await lock_filed_period(act, company_id, date(2025, 12, 31), reason="303, late")

        assert first is not None
        assert earlier is None
        with pytest.raises(PeriodLocked):
            await post(office, company_id, viewer=office.owner)


class TestExceptions:
    async def test_let_one_colleague_behind_the_soft_lock_until_they_expire(self, office: Office) -> None:
        company_id = await books(office)
        await move(office, office.owner, company_id, "SOFT", until="2026-03-31")
        granted = await grant(office, office.owner, company_id, membershipId=str(office.bookkeeper.id))
        again = await grant(office, office.owner, company_id, membershipId=str(office.bookkeeper.id))

        posted = await post(office, company_id, viewer=office.bookkeeper)

        exception = granted.data["grantLockException"]["exception"]
        assert (exception["forName"], exception["isLive"]) == ("Biel Font", True)
        assert again.data == granted.data
        assert (await entry(office, posted)).number == 1
        with clock.moved_to(clock.now() + timedelta(minutes=30)):
            with pytest.raises(PeriodLocked):
                await post(office, company_id, viewer=office.bookkeeper)
            assert [
                one["isLive"] for one in (await read(office, office.owner, company_id))["lockExceptions"]
            ] == [False]

    async def test_of_somebody_else_do_not_let_through(self, office: Office) -> None:
        company_id = await books(office)
        await move(office, office.owner, company_id, "TAX", until="2026-03-31")
        await grant(office, office.owner, company_id, lock="TAX", membershipId=str(office.manager.id))

        with pytest.raises(PeriodLocked):
            await post(office, company_id, viewer=office.owner)
        posted = await post(office, company_id, viewer=office.manager)

        assert (await entry(office, posted)).number == 1

    async def test_let_a_reversal_stay_on_its_day(self, office: Office) -> None:
        company_id = await books(office)
        wrong = await post(office, company_id)
        await move(office, office.owner, company_id, "TAX", until="2026-03-31")
        await grant(office, office.owner, company_id, lock="TAX")

        async with office.act() as act:
            reversal = await reverse_entry(act, wrong)

        assert (await entry(office, reversal)).entry_on == date(2026, 3, 2)

    async def test_end_before_their_time_once(self, office: Office) -> None:
        company_id = await books(office)
        await move(office, office.owner, company_id, "TAX", until="2026-03-31")
        granted = await grant(office, await office.client_owner(company_id), company_id, lock="TAX")
        exception_id = granted.data["grantLockException"]["exception"]["id"]

        ended = await office.ask(office.owner, END, {"id": exception_id})
        again = await office.ask(office.owner, END, {"id": exception_id})

        assert ended.data["endLockException"]["exception"]["isLive"] is False
        assert again.data["endLockException"]["refusals"] == [{"code": "LOCK_EXCEPTION_OVER"}]
        with pytest.raises(PeriodLocked):
            await post(office, company_id)
        assert [one["act"] for one in (await read(office, office.owner, company_id))["lockChanges"]] == [
            "EXCEPTION_ENDED",
            "EXCEPTION_GRANTED",
            "MOVED",
        ]

    @pytest.mark.parametrize(
        ("given", "path"),
        [
            ({"lock": "HARD"}, ["lock"]),
            ({"reason": "  "}, ["reason"]),
            ({"untilAt": "2020-01-01T00:00:00Z"}, ["untilAt"]),
            (
                {"untilAt": f"{(clock.now() + timedelta(days=EXCEPTION_DAYS_MAX + 1)).isoformat()}"},
                ["untilAt"],
            ),
            ({"membershipId": "00000000-0000-7000-8000-000000000000"}, ["membershipId"]),
        ],
    )
    async def test_that_make_no_sense_are_refused(self, office: Office, given: Any, path: list[str]) -> None:
        company_id = await books(office)

        answer = await grant(office, office.owner, company_id, **given)

        assert [one["path"] for one in answer.data["grantLockException"]["refusals"]] == [path]
        assert (await read(office, office.owner, company_id))["lockExceptions"] == []

    async def test_are_not_for_managers_to_grant(self, office: Office) -> None:
        company_id = await books(office)

        assert (await grant(office, office.manager, company_id)).codes == ["ROLE"]


class TestTheDatabase:
    STATEMENTS = (
        ("update period_lock set hard_until = null where company_id = $1", "AT017"),
        ("update period_lock set hard_until = hard_until - 1 where company_id = $1", "AT017"),
        ("update lock_change set reason = 'x' where company_id = $1", "AT017"),
        ("update lock_exception set until_at = until_at + interval '1 year' where company_id = $1", "AT017"),
    )

    @pytest.mark.parametrize(("statement", "code"), STATEMENTS)
    async def test_keeps_locks_log_and_exceptions(
        self, office: Office, postgres: Addresses, statement: str, code: str
    ) -> None:
        company_id = await books(office)
        await move(office, office.owner, company_id, "HARD", until="2025-06-30")
        await grant(office, office.owner, company_id)

        async with connected(postgres.app_url) as connection, connection.transaction():
            await office.enter(connection, office.owner)
            with pytest.raises(asyncpg.PostgresError) as refused:
                await connection.execute(statement, company_id)
        assert refused.value.sqlstate == code

    async def test_holds_the_soft_lock_against_bookkeepers_and_lets_exceptions_through(
        self, office: Office, postgres: Addresses
    ) -> None:
        company_id = await books(office)
        draft = await keep_draft(office, company_id)
        await move(office, office.owner, company_id, "SOFT", until="2026-03-31")

        assert await self._post_by_hand(office, postgres, UUID(draft)) == "AT014"
        await grant(office, office.owner, company_id, membershipId=str(office.bookkeeper.id))
        # Past the lock, the next wall: the number that the counter never gave.
        assert await self._post_by_hand(office, postgres, UUID(draft)) == "AT015"

    async def _post_by_hand(self, office: Office, postgres: Addresses, draft: UUID) -> str:
        async with connected(postgres.app_url) as connection, connection.transaction():
            await office.enter(connection, office.bookkeeper)
            with pytest.raises(asyncpg.PostgresError) as refused:
                await connection.execute(
                    "update journal_entry set state = 'POSTED', number = 7, hash = 'x', chain_position = 1"
                    " where id = $1",
                    draft,
                )
        return str(refused.value.sqlstate)
