"""Work after the answer: jobs kept in PostgreSQL by pgqueuer, and the timetable that makes jobs by the clock.

A job is written inside the business transaction on its own connection: a rollback takes the job with it, a
commit shows it to the workers at once. A handler takes ids as text, loads everything anew (the viewer and the
row-security setting too) and can run twice without harm: a worker that dies is taken over after
`HEARTBEAT_SECONDS_MAX`. A job that keeps failing is kept as dead, with its reason, until a person revives it.
"""

from services.kit.jobs.dead import DeadJob, JobNotDead, dead_jobs, revive_job
from services.kit.jobs.job import Job, JobRefused, job
from services.kit.jobs.queue import PayloadTooLarge, enqueue
from services.kit.jobs.tables import jobs_grants_sql, pgqueuer_schema_sql
from services.kit.jobs.timetable import Cron
from services.kit.jobs.worker import run_worker

__all__ = [
    "Cron",
    "DeadJob",
    "Job",
    "JobNotDead",
    "JobRefused",
    "PayloadTooLarge",
    "dead_jobs",
    "enqueue",
    "job",
    "jobs_grants_sql",
    "pgqueuer_schema_sql",
    "revive_job",
    "run_worker",
]
