"""Passwords: argon2id, off the event loop, with the same work whether or not there is anything to compare."""

from functools import partial

from anyio import CapacityLimiter, to_thread
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from services.kit.errors import BadInput

PASSWORD_LENGTH_MIN = 10
PASSWORD_LENGTH_MAX = 200

_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
"""OWASP's minimum for argon2id (19 MiB, two passes); about 30 ms here."""

_NOBODY = _hasher.hash("there is no such account")
_limiter: list[CapacityLimiter] = []


def _limit() -> CapacityLimiter:
    if not _limiter:
        _limiter.append(CapacityLimiter(4))
    return _limiter[0]


def passwords_waiting() -> int:
    """How many passwords wait to be hashed or compared in this process."""
    return _limit().statistics().tasks_waiting


def check_length(password: str) -> None:
    """This will refuse a new password that is too short or too long. Raises BadInput."""
    if not PASSWORD_LENGTH_MIN <= len(password) <= PASSWORD_LENGTH_MAX:
        raise BadInput(
            "password",
            "choose {signs_min} to {signs_max} signs",
            signs_min=PASSWORD_LENGTH_MIN,
            signs_max=PASSWORD_LENGTH_MAX,
        )


async def hash_password(password: str) -> str:
    """This will hash a new password. Raises BadInput when it is too short or too long."""
    check_length(password)
    return await to_thread.run_sync(partial(_hasher.hash, password), limiter=_limit())


async def verify_password(hashed: str | None, password: str) -> bool:
    """This will compare; with no hash it does the same work against nobody's and says no."""
    return await to_thread.run_sync(
        partial(_verify, hashed, password[: PASSWORD_LENGTH_MAX + 1]), limiter=_limit()
    )


def _verify(hashed: str | None, password: str) -> bool:
    try:
        _hasher.verify(hashed or _NOBODY, password)
    except (VerificationError, InvalidHashError):
        return False
    return hashed is not None
