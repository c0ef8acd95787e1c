"""Whether the process lives, and whether it can serve."""

import asyncpg
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from gateway.context import process_of
from gateway.requests import json_response
from infra.migrations.run import head

ANSWER_SECONDS_MAX = 5


async def get_livez(_request: Request) -> Response:
    """The process answers; nothing else is asked."""
    return json_response({"alive": True})


async def get_readyz(request: Request) -> Response:
    """The database answers and is at this program's version; otherwise 503 with what is missing."""
    try:
        async with process_of(request).database.pool.acquire(timeout=ANSWER_SECONDS_MAX) as connection:
            version = await connection.fetchval(
                "select version_num from alembic_version", timeout=ANSWER_SECONDS_MAX
            )
    except asyncpg.UndefinedTableError:
        version = None
    except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError):
        return json_response({"ready": False, "reason": "the database does not answer"}, 503)
    if version != head():
        return json_response(
            {"ready": False, "reason": f"the database is at {version or 'no version'}, not {head()}"}, 503
        )
    return json_response({"ready": True, "version": version})


ROUTES = [Route("/livez", get_livez), Route("/readyz", get_readyz)]
