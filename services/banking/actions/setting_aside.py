"""A bank line that needs no document: set aside with a reason, and taken back."""

from typing import ClassVar
from uuid import UUID

from services.access.interface import Act
from services.access.policy import Action, Scope
from services.banking.actions.order import take_turn
from services.banking.actions.proposals import forget_proposal, look_again
from services.banking.actions.traces import traces_of
from services.banking.models import BankLine
from services.banking.rules.targets import LineMatched, LineState
from services.kit import clock
from services.kit.errors import BadInput, Refused

REASON_LENGTH_MAX = 500


class LinePartlyMatched(Refused):
    """Part of the line is in the books, so it cannot be said to need nothing."""

    code: ClassVar[str] = "LINE_PARTLY_MATCHED"
    sentence: ClassVar[str] = (
        "Part of this line is reconciled. Take that back first, or post the rest to an account."
    )


class LineNotAside(Refused):
    """Nobody set the line aside: it is open or reconciled, or a movement of zero."""

    code: ClassVar[str] = "LINE_NOT_ASIDE"
    sentence: ClassVar[str] = "This line is not set aside by anybody."


async def set_aside(act: Act, line_id: UUID | str, *, reason: str) -> UUID:
    """This will note that an open line needs no document, by whom and why; one that is aside keeps its first reason.

    Nothing is posted: books and bank then differ by the line, and the balances of the account show it. Needs BANKING
    EDIT. Raises NotFound, BadInput without a reason, LineMatched, LinePartlyMatched.
    """
    said = reason.replace("\x00", "").strip()
    line = await _locked(act, line_id, path=("input", "lineId"))
    if not 1 <= len(said) <= REASON_LENGTH_MAX:
        raise BadInput("input.reason", "give a reason of 1 to {most} signs", most=REASON_LENGTH_MAX)
    if line.state == LineState.IGNORED:
        return line.id
    if line.state == LineState.MATCHED:
        raise LineMatched(path=("input", "lineId"))
    if line.state == LineState.PARTLY:
        raise LinePartlyMatched(path=("input", "lineId"))
    forget_proposal(line)
    line.state = LineState.IGNORED
    line.set_aside_at, line.set_aside_by = clock.now(), act.viewer.id
    line.set_aside_by_name, line.set_aside_reason = act.viewer.name, said
    await act.session.flush()
    return line.id


async def take_line_back(act: Act, line_id: UUID | str) -> UUID:
    """This will open a line again that was set aside, and propose what fits it now.

    Needs BANKING EDIT. Raises NotFound, LineNotAside.
    """
    line = await _locked(act, line_id, path=("id",))
    if line.set_aside_at is None:
        raise LineNotAside(path=("id",))
    line.state = LineState.NEW
    line.set_aside_at = line.set_aside_by = line.set_aside_by_name = line.set_aside_reason = None
    await act.session.flush()
    nobody = await traces_of(act.session, line.company_id, ())
    await look_again(act, line.company_id, nobody.with_line(line.id))
    return line.id


async def _locked(act: Act, line_id: UUID | str, *, path: tuple[str, ...]) -> BankLine:
    seen = await act.find(
        BankLine, line_id, Scope.BANKING, Action.EDIT, what="bank line", path=path, lock=False
    )
    await take_turn(act, seen.company_id)
    await act.session.refresh(seen, with_for_update=True)
    return seen
