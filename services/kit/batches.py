"""Several records in one act: each is done or refused by itself, and the caller learns which."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.kit.errors import Refused


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one record: `refused` is None where it worked."""

    id: UUID
    refused: Refused | None = None


async def one_by_one(
    session: AsyncSession, ids: Iterable[UUID], do: Callable[[UUID], Awaitable[object]]
) -> dict[UUID, Outcome]:
    """This will do each record inside a savepoint of the transaction, in the order given.

    What a refused one had taken (numbers, counters) goes back; the others stay. Errors that are no refusals end it all.
    """
    outcomes: dict[UUID, Outcome] = {}
    for record_id in ids:
        try:
            async with session.begin_nested():
                await do(record_id)
        except Refused as refused:
            outcomes[record_id] = Outcome(record_id, refused)
        else:
            outcomes[record_id] = Outcome(record_id)
    return outcomes
