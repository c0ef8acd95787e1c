"""What every connection of a request brings with it."""

from sqlalchemy import text

from services.kit.db import Database

DEADLINES = (
    "select current_setting('statement_timeout'), current_setting('idle_in_transaction_session_timeout')"
)


class TestDeadlines:
    async def test_hold_for_planned_reads(self, database: Database) -> None:
        async with database.pool.acquire() as connection:
            row = await connection.fetchrow(DEADLINES)

        assert tuple(row) == ("30s", "1min")

    async def test_hold_for_everything_else(self, database: Database) -> None:
        async with database.read() as session:
            row = (await session.execute(text(DEADLINES))).one()

        assert tuple(row) == ("30s", "1min")
