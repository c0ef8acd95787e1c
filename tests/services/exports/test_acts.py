"""A file is asked for once, can be called off while it is made, and is forgotten after its days."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import text

from gateway.exporting import Lists
from gateway.schema import composed
from services.exports import actions
from services.exports.interface import Workshop, forget_exports_job, make_export_job
from services.exports.rules import KEPT_DAYS, WAITING_MAX
from services.kit import clock
from services.kit.exports import Reading
from services.kit.ids import new_id
from services.kit.jobs import Job
from services.kit.storage import ObjectMissing
from tests.services.exports.test_lists import many_contacts
from tests.support.builders.exports import Exporting
from tests.support.office import Office

CANCEL = "mutation ($id: ID!) { cancelExport(id: $id) { export { state } refusals { code } } }"


async def jobs_of(office: Office, export_id: str) -> int:
    async with office.act() as act:
        counted = await act.session.scalar(
            text(
                "select count(*) from pgqueuer where entrypoint = 'make_export'"
                " and position(:e in convert_from(payload, 'UTF8')) > 0"
            ),
            {"e": export_id},
        )
    return int(counted or 0)


class TestAskingTwice:
    async def test_with_one_request_key_makes_one_file(self, office: Office, exporting: Exporting) -> None:
        await office.client()
        key = new_id().hex

        first = await exporting.start(office.manager, "contacts", requestKey=key)
        second = await exporting.start(office.manager, "contacts", requestKey=key)

        assert first == second
        assert len(await exporting.panel(office.manager)) == 1
        assert await jobs_of(office, first) == 1

    async def test_for_something_else_under_the_same_key_is_refused(
        self, office: Office, exporting: Exporting
    ) -> None:
        await office.client()
        key = new_id().hex
        await exporting.start(office.manager, "contacts", requestKey=key)

        answer = await exporting.ask(office.manager, "contacts", requestKey=key, format="PDF")

        assert [item["code"] for item in answer.data["startExport"]["refusals"]] == ["REQUEST_KEY_USED"]

    async def test_more_often_than_a_viewer_may_wait_for_is_refused(
        self, office: Office, exporting: Exporting
    ) -> None:
        await office.client()
        for _ in range(WAITING_MAX):
            await exporting.start(office.manager, "contacts")

        answer = await exporting.ask(office.manager, "contacts")

        assert [item["code"] for item in answer.data["startExport"]["refusals"]] == ["TOO_MANY_EXPORTS"]

    async def test_made_twice_by_two_workers_gives_one_file(
        self, office: Office, exporting: Exporting
    ) -> None:
        await office.client()
        export_id = await exporting.start(office.manager, "contacts")

        await exporting.make(office.manager, export_id)
        made = await exporting.state(office.manager, export_id)
        await exporting.make(office.manager, export_id)

        assert made["state"] == "DONE"
        assert await exporting.state(office.manager, export_id) == made


class _CancellingLists(Lists):
    """The planner's lists, with somebody who calls the file off after the first page."""

    cancel: Any

    @asynccontextmanager
    async def reading(self, *given: Any) -> AsyncIterator[Reading]:
        async with super().reading(*given) as reading:
            pages = reading.pages

            async def watched() -> AsyncIterator[list[dict[str, Any]]]:
                async for rows in pages():
                    await self.cancel()
                    yield rows

            yield _Watched(reading, watched)


class _Watched:
    def __init__(self, reading: Reading, pages: Any) -> None:
        self._reading, self.pages = reading, pages

    def __getattr__(self, name: str) -> Any:
        return getattr(self._reading, name)


class TestCancelling:
    async def test_before_the_worker_comes_leaves_nothing_to_make(
        self, office: Office, exporting: Exporting
    ) -> None:
        await office.client()
        export_id = await exporting.start(office.manager, "contacts")

        answer = await office.ask(office.manager, CANCEL, {"id": export_id})
        await exporting.make(office.manager, export_id)

        assert answer.data["cancelExport"]["export"] == {"state": "CANCELLED"}
        state = await exporting.state(office.manager, export_id)
        assert (state["state"], state["rowsDone"], state["url"]) == ("CANCELLED", 0, None)

    async def test_mid_way_stops_between_two_pages_and_keeps_no_file(
        self, office: Office, exporting: Exporting
    ) -> None:
        await many_contacts(office, await office.client(), 2500)
        export_id = await exporting.start(office.manager, "contacts")
        lists = _CancellingLists(composed(), office.database)

        async def cancel() -> None:
            async with office.act(office.manager) as act:
                await actions.cancel_export(act, export_id)

        lists.cancel = cancel
        shop = Workshop(office.database, lists, office.store, exporting.files)
        await _handler(make_export_job(shop), office, export_id)

        state = await exporting.state(office.manager, export_id)
        assert (state["state"], state["rowsDone"], state["url"]) == ("CANCELLED", 0, None)
        assert not await asyncio.to_thread(_has_files, exporting)

    async def test_is_the_owners_alone_and_refused_for_what_is_done(
        self, office: Office, exporting: Exporting
    ) -> None:
        await office.client()
        export_id = await exporting.start(office.manager, "contacts")

        foreign = await office.ask(office.owner, CANCEL, {"id": export_id})
        await exporting.make(office.manager, export_id)
        late = await office.ask(office.manager, CANCEL, {"id": export_id})

        assert [item["code"] for item in foreign.data["cancelExport"]["refusals"]] == ["NOT_FOUND"]
        assert [item["code"] for item in late.data["cancelExport"]["refusals"]] == ["EXPORT_OVER"]


def _has_files(exporting: Exporting) -> bool:
    folder = exporting.files._folder
    return folder.exists() and any(path.is_file() for path in folder.rglob("*"))


async def _handler(job: Job, office: Office, export_id: str) -> None:
    await job.handler({"viewer": str(office.manager.id), "export": export_id})


class TestProgress:
    async def test_counts_all_rows_of_the_list(self, office: Office, exporting: Exporting) -> None:
        await many_contacts(office, await office.client(), 2500)
        export_id = await exporting.start(office.manager, "contacts")
        waiting = await exporting.state(office.manager, export_id)

        await exporting.make(office.manager, export_id)

        done = await exporting.state(office.manager, export_id)
        assert (waiting["state"], waiting["rowsDone"], waiting["rowsTotal"]) == ("WAITING", 0, None)
        assert (done["state"], done["rowsDone"], done["rowsTotal"]) == ("DONE", 2500, 2500)


class TestForgetting:
    async def test_deletes_row_and_file_after_their_days(self, office: Office, exporting: Exporting) -> None:
        await office.client()
        export_id = await exporting.start(office.manager, "contacts")
        await exporting.make(office.manager, export_id)
        content = await exporting.fetch(office.manager, export_id)
        sha256 = await _sha256(office, export_id)
        assert content is not None

        with clock.moved_to(clock.now() + timedelta(days=KEPT_DAYS - 1)):
            await forget_exports_job(exporting.shop).handler({})
            assert await exporting.fetch(office.manager, export_id) == content
        with clock.moved_to(clock.now() + timedelta(days=KEPT_DAYS, minutes=1)):
            assert await exporting.fetch(office.manager, export_id) is None
            await forget_exports_job(exporting.shop).handler({})

        assert await _sha256(office, export_id) is None
        try:
            await exporting.files.get(sha256 or "")
        except ObjectMissing:
            return
        raise AssertionError("the file is still there")


async def _sha256(office: Office, export_id: str) -> str | None:
    async with office.act(office.manager) as act:
        found: str | None = await act.session.scalar(
            text("select sha256 from export where id = :e"), {"e": UUID(export_id)}
        )
    return found
