"""The jobs that make files and forget them."""

import asyncio
from uuid import UUID

import structlog
from sqlalchemy import text

from services.access.interface import active_viewer
from services.exports.actions import MAKE_EXPORT
from services.exports.making import Workshop, make_file
from services.exports.progress import Cancelled, Desk
from services.kit import clock
from services.kit.errors import Refused
from services.kit.jobs import Cron, Job, JobRefused, job

MADE_AT_ONCE = 2
"""Files that one worker makes side by side: each keeps a connection and a thread."""

TRIES_MAX = 3
MAKING_SECONDS_MAX = 3600
FORGET_EXPORTS = Cron("forget_exports", "41 3 * * *")

_log = structlog.get_logger(__name__)


class NotMade(Refused):
    """Something that nobody expected, several times."""

    code = "EXPORT_FAILED"
    sentence = "The file could not be made. Please try again."


def make_export_job(shop: Workshop) -> Job:
    """This will give the worker's job that makes the file `export` as `viewer`; begun anew after a worker died."""
    turns = asyncio.Semaphore(MADE_AT_ONCE)

    @job(MAKE_EXPORT, tries_max=TRIES_MAX, seconds_max=MAKING_SECONDS_MAX)
    async def make(payload: dict[str, str]) -> None:
        async with turns:
            viewer = await active_viewer(shop.database, UUID(payload["viewer"]))
            if viewer is None:
                raise JobRefused("who asked for the file is no longer active")
            await _made(shop, Desk(shop.database, shop.files, viewer, UUID(payload["export"])))

    return make


async def _made(shop: Workshop, desk: Desk) -> None:
    locale, tries = desk.viewer.locale, 1
    try:
        asked = await desk.begin()
        if asked is None:
            return
        locale, tries = asked.locale, asked.tries
        await make_file(shop, desk, asked)
    except Cancelled:
        return
    except Refused as refused:
        await desk.give_up(refused, locale)
    except Exception:
        if tries >= TRIES_MAX:
            await desk.give_up(NotMade(), locale)
        raise


def forget_exports_job(shop: Workshop) -> Job:
    """This will give the daily job that deletes what is over, and the files that nothing names any more."""

    @job(FORGET_EXPORTS.name)
    async def forget(_: dict[str, str]) -> None:
        async with shop.database.write(for_itself=True) as session:
            gone = (
                (await session.execute(text("select gone from forget_exports(:now)"), {"now": clock.now()}))
                .scalars()
                .all()
            )
        for sha256 in gone:
            await shop.files.remove(sha256)
        _log.info("exports_forgotten", files=len(gone))

    return forget
