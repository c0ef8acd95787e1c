"""The same act on several documents, each by itself."""

from collections.abc import Awaitable, Callable, Sequence
from uuid import UUID

from services.access.interface import Act, as_id
from services.kit.batches import Outcome, one_by_one
from services.kit.errors import BadInput

AT_ONCE_MAX = 100


async def each_of(
    act: Act, document_ids: Sequence[UUID | str], what: Callable[[Act, UUID], Awaitable[UUID]]
) -> list[Outcome]:
    """This will do an act on each document and say what became of each, in the order asked.

    Raises BadInput for none or more than AT_ONCE_MAX. One order of locks: batches never wait in a ring.
    """
    wanted = list(dict.fromkeys(as_id(given, "document", ("ids",)) for given in document_ids))
    if not 1 <= len(wanted) <= AT_ONCE_MAX:
        raise BadInput("ids", "name 1 to {most} documents", most=AT_ONCE_MAX)

    async def one(document_id: UUID) -> None:
        await what(act, document_id)

    outcomes = await one_by_one(act.session, sorted(wanted), one)
    return [outcomes[document_id] for document_id in wanted]
