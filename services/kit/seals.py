"""Seals: how the program proves to the database's walls who a transaction acts for.

What a transaction says of itself stands in settings, which any SQL may set; the walls believe none that is not sealed
with a key that only the program and the database's owner hold (infra/migrations/sql/passes.sql).
"""

import hashlib
from dataclasses import dataclass
from uuid import UUID

import asyncpg


@dataclass(frozen=True, slots=True)
class Seals:
    """The two halves of the key. One table row, written by a migration, never by the program."""

    inner_key: bytes
    outer_key: bytes

    @classmethod
    async def read(cls, owner_url: str) -> "Seals":
        """This will fetch the key as the owner. Raises asyncpg.UndefinedTableError before the first migration."""
        connection = await asyncpg.connect(owner_url)
        try:
            row = await connection.fetchrow("select inner_key, outer_key from wall_key")
        finally:
            await connection.close()
        assert row is not None
        return cls(row["inner_key"], row["outer_key"])

    def of(self, said: str) -> bytes:
        """The seal of a sentence, as the database's function `sealed` makes it."""
        inner = hashlib.sha256(self.inner_key + said.encode()).digest()
        return hashlib.sha256(self.outer_key + inner).digest()

    def viewer_pass(self, viewer_id: UUID) -> str:
        """What stands for a viewer in `app.viewer`: a number that nobody can guess who knows the id."""
        return str(UUID(bytes=self.of(f"viewer:{viewer_id}")[:16]))

    def sealed(self, kind: str, value: str) -> str:
        """A value with its seal, as the setting of its kind holds it."""
        return f"{value}.{self.of(f'{kind}:{value}').hex()}"
