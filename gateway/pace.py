"""How fast one partner app may ask, and one network send secrets that nobody holds.

An even pace with a burst of one minute's worth, kept in the process, one number per token or network: the moment up to
which its requests are paid for (generic cell rate algorithm). Nothing is asked of the database. Several gateway
processes each allow the whole pace; a load balancer that spreads requests multiplies it, and the setting is then
divided by their number.
"""

import math
from datetime import datetime, timedelta
from typing import ClassVar
from uuid import UUID

from services.kit.errors import Refused

MINUTE = timedelta(minutes=1)
REMEMBERED_MAX = 10_000
"""Tokens in mind at once; beyond it the one that rested longest is forgotten, which gives it a full burst again."""

WRONG_SECRETS_PER_MINUTE = 120
"""Of one network, per process: an office of people whose sessions have ended, but nobody who guesses at full speed."""


class TooFast(Refused):
    """Somebody asked more often than `per_minute`. `seconds` is when the next request will be taken."""

    code: ClassVar[str] = "TOO_MANY_REQUESTS"
    sentence: ClassVar[str] = (
        "Too many requests: {per_minute} a minute are allowed. Please wait {seconds} seconds."
    )


class Pace:
    """The pace of every token (or network) of one process. Used from the event loop alone, so it needs no lock."""

    def __init__(self, per_minute: int) -> None:
        self._per_minute = per_minute
        self._cost = MINUTE / per_minute
        self._paid_until: dict[UUID | str, datetime] = {}

    def check(self, who: UUID | str, now: datetime) -> datetime:
        """This will count nothing, and give the moment up to which one more request would be paid. Raises TooFast."""
        paid = max(self._paid_until.get(who, now), now) + self._cost
        if paid - now > MINUTE:
            wait = paid - now - MINUTE
            raise TooFast(per_minute=self._per_minute, seconds=math.ceil(wait.total_seconds()))
        return paid

    def take(self, who: UUID | str, now: datetime) -> None:
        """This will count one request. Raises TooFast, and then counts nothing: waiting is enough."""
        paid = self.check(who, now)
        self._paid_until.pop(who, None)
        self._paid_until[who] = paid
        if len(self._paid_until) > REMEMBERED_MAX:
            del self._paid_until[next(iter(self._paid_until))]
