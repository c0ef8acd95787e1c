"""Putting a job into the queue, as part of what the caller's transaction does."""

import json
from datetime import timedelta
from typing import Final

from pgqueuer.adapters.persistence.qb import QueryQueueBuilder
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from services.kit.jobs.tables import SETTINGS
from services.kit.seals import Seals

PAYLOAD_BYTES_MAX = 256 * 1024
"""A payload names things by id; the largest ones are mails with their text."""

ONCE_KEY_LENGTH_MAX = 200

SEAL: Final = "seal"

ENQUEUE_SQL: Final = QueryQueueBuilder(SETTINGS).build_enqueue_query("raise")

_CLAIM = text(
    "INSERT INTO job_once (name, once_key) VALUES (:name, :once_key) ON CONFLICT DO NOTHING RETURNING name"
)


class PayloadTooLarge(ValueError):
    """The payload has more than `PAYLOAD_BYTES_MAX` bytes as JSON; put the content into the store instead."""


async def enqueue(
    session: AsyncSession,
    name: str,
    payload: dict[str, str],
    *,
    once_key: str | None = None,
    delay: timedelta = timedelta(),
) -> bool:
    """This will write a job for the worker's handler `name` into the caller's transaction.

    It runs after the commit and `delay`; a rollback takes it along. With a `once_key` the same name and key
    never make a second job, not even when the first is long done: then False is given and nothing is written.
    A key whose transaction rolled back is free again. While another transaction holds the same key open, this
    waits for its end.

    One statement, two with a key. Raises PayloadTooLarge, and ValueError for a key over `ONCE_KEY_LENGTH_MAX`
    characters.
    """
    parameters = enqueue_parameters(name, payload, delay, session.info[Seals])
    if once_key is not None:
        if not 0 < len(once_key) <= ONCE_KEY_LENGTH_MAX:
            message = f"a once key has 1 to {ONCE_KEY_LENGTH_MAX} characters, not {len(once_key)}"
            raise ValueError(message)
        claimed = await session.execute(_CLAIM, {"name": name, "once_key": once_key})
        if claimed.first() is None:
            return False
    # Through SQLAlchemy and not on the driver's own connection: SQLAlchemy begins the transaction with its
    # first statement, so a job that came before any other statement would stay after a rollback.
    connection = await session.connection()
    await connection.exec_driver_sql(ENQUEUE_SQL, parameters)
    return True


def enqueue_parameters(
    name: str, payload: dict[str, str], delay: timedelta, seals: Seals
) -> tuple[list[object], ...]:
    """This will give the parameters of `ENQUEUE_SQL`: priority, name, payload, delay, dedupe key, headers.

    The headers hold the seal, without which no worker starts it: whoever can write a row of the queue makes no job.
    pgqueuer's own dedupe key is left empty: it forgets a job as soon as it is done.
    """
    content = json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode()
    if len(content) > PAYLOAD_BYTES_MAX:
        message = f"the payload of {name} has {len(content)} bytes, {PAYLOAD_BYTES_MAX} are allowed"
        raise PayloadTooLarge(message)
    headers = json.dumps({SEAL: seal_of(seals, name, content)})
    return ([0], [name], [content], [delay], [None], [headers])


def seal_of(seals: Seals, name: str, content: bytes) -> str:
    """The seal of a job: of its name and its payload, so that it is good for no other."""
    return seals.of(f"job:{name}:{content.decode()}").hex()
