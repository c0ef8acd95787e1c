"""How fast one partner app may ask: an even pace per API token, with a burst of one minute's worth.

Kept in the process, one number per token: the moment up to which its requests are paid for (generic cell rate
algorithm). Nothing is asked of the database. Several gateway processes each allow the whole pace; a load balancer that
spreads requests then multiplies it, and the setting is divided by their number.
"""

import math
from datetime import datetime, timedelta
from typing import ClassVar
from uuid import UUID

from services.kit.errors import Refused

MINUTE = timedelta(minutes=1)
REMEMBERED_MAX = 10_000
"""Tokens in mind at once; beyond it the one that rested longest is forgotten, which gives it a full burst again."""


class TooFast(Refused):
    """A token asked more often than `per_minute`. `seconds` is when the next request will be taken."""

    code: ClassVar[str] = "TOO_MANY_REQUESTS"
    sentence: ClassVar[str] = (
        "Too many requests: {per_minute} a minute are allowed. Please wait {seconds} seconds."
    )


class Pace:
    """The pace of every token of one process. Used from the event loop alone, so it needs no lock."""

    def __init__(self, per_minute: int) -> None:
        self._per_minute = per_minute
        self._cost = MINUTE / per_minute
        self._paid_until: dict[UUID, datetime] = {}

    def take(self, token_id: UUID, now: datetime) -> None:
        """This will count one request of a token. Raises TooFast, and then counts nothing: waiting is enough."""
        paid = max(self._paid_until.pop(token_id, now), now) + self._cost
        if paid - now > MINUTE:
            self._paid_until[token_id] = paid - self._cost
            wait = paid - now - MINUTE
            raise TooFast(per_minute=self._per_minute, seconds=math.ceil(wait.total_seconds()))
        self._paid_until[token_id] = paid
        if len(self._paid_until) > REMEMBERED_MAX:
            del self._paid_until[next(iter(self._paid_until))]
