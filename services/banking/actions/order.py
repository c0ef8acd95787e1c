"""One banking act at a time per company, so that no two wait for each other's lines."""

from uuid import UUID

from sqlalchemy import BigInteger, Text, bindparam, func, select

from services.access.interface import Act

_CLASS = 572
"""Tells this lock from others that may hash to the same number."""

_TAKE_TURN = select(
    func.pg_advisory_xact_lock(
        func.hashtextextended(bindparam("company", type_=Text), bindparam("class", _CLASS, BigInteger))
    )
)


async def take_turn(act: Act, company_id: UUID) -> None:
    """This will wait until no other banking act of the company is under way; the turn ends with the transaction.

    Imports, reconciliations and undoing all rewrite the proposals of a company's open lines. Each also locks the line
    it is about; without an order two of them could hold what the other needs.
    """
    await act.session.execute(_TAKE_TURN, {"company": str(company_id)})
