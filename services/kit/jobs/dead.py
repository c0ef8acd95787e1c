"""Jobs that failed for good: listed for an operator, and revived by one."""

import json
from dataclasses import dataclass
from datetime import datetime

from pgqueuer.adapters.persistence.qb import QueryQueueBuilder
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from services.kit.errors import Refused
from services.kit.jobs.tables import SETTINGS

DEAD_JOBS_LISTED_MAX = 200

_REVIVE_SQL = QueryQueueBuilder(SETTINGS).build_requeue_jobs_query()

_DEAD = text("""
    SELECT job.id, job.entrypoint, job.payload, job.attempts, job.created, job.updated,
           last.traceback ->> 'exception_type' AS error_type,
           last.traceback ->> 'exception_message' AS error_message
    FROM pgqueuer AS job
    LEFT JOIN LATERAL (
        SELECT traceback FROM pgqueuer_log
        WHERE job_id = job.id AND status = 'failed'
        ORDER BY created DESC LIMIT 1
    ) AS last ON true
    WHERE job.status = 'failed'
    ORDER BY job.updated DESC, job.id DESC
    LIMIT :limit
""")


class JobNotDead(Refused):
    """No dead job has this id: it never failed for good, was revived already, or was forgotten."""

    code = "JOB_NOT_DEAD"
    sentence = "There is no failed job {job_id}."


@dataclass(frozen=True, slots=True)
class DeadJob:
    """A job given up. Payload and error may name clients' data: for operators of the installation only.

    `tries` counts all tries since it was enqueued or revived; the instants are UTC.
    """

    id: int
    name: str
    payload: dict[str, str]
    tries: int
    enqueued_at: datetime
    died_at: datetime
    error: str


async def dead_jobs(session: AsyncSession, limit: int = DEAD_JOBS_LISTED_MAX) -> list[DeadJob]:
    """This will list dead jobs, the latest death first, at most `DEAD_JOBS_LISTED_MAX`. One statement."""
    rows = await session.execute(_DEAD, {"limit": min(limit, DEAD_JOBS_LISTED_MAX)})
    return [
        DeadJob(
            id=row.id,
            name=row.entrypoint,
            payload=json.loads(row.payload),
            tries=row.attempts + 1,
            enqueued_at=row.created,
            died_at=row.updated,
            # The log entry is pruned after its time; the job itself stays longer.
            error=f"{row.error_type}: {row.error_message}" if row.error_type else "reason no longer kept",
        )
        for row in rows
    ]


async def revive_job(session: AsyncSession, job_id: int) -> None:
    """This will give a dead job all its tries again, starting after the commit. Raises JobNotDead."""
    dead = await session.execute(
        text("SELECT id FROM pgqueuer WHERE id = :id AND status = 'failed' FOR UPDATE"), {"id": job_id}
    )
    if dead.first() is None:
        raise JobNotDead(job_id=job_id)
    connection = await session.connection()
    await connection.exec_driver_sql(_REVIVE_SQL, ([job_id],))
