"""What a job is to those who write one: a name, a handler, and how patient it is."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta

Handler = Callable[[dict[str, str]], Awaitable[None]]
"""Takes the payload as it was enqueued. Returns when the work is done; any exception means it was not."""

RETRY_AFTER_MAX = timedelta(hours=1)
"""The longest pause between two tries."""


class JobRefused(Exception):
    """Raised by a handler that knows that trying again cannot help; the job is dead at once."""


@dataclass(frozen=True, slots=True)
class Job:
    """A handler under its name.

    `tries_max` counts the first try too. `retry_after` is the pause before the second try; it doubles with
    each try, up to `RETRY_AFTER_MAX`. `seconds_max` is how long one try may take before it counts as failed.
    """

    name: str
    handler: Handler
    tries_max: int = 6
    retry_after: timedelta = timedelta(seconds=10)
    seconds_max: float = 300

    def pause_after(self, tries: int) -> timedelta:
        """This will say how long to wait after `tries` failed tries (1 or more)."""
        # The exponent is bounded before it is used: no timedelta holds 2 to the power of 100.
        return min(self.retry_after * (1 << min(tries - 1, 20)), RETRY_AFTER_MAX)


def job(
    name: str,
    *,
    tries_max: int = 6,
    retry_after: timedelta = timedelta(seconds=10),
    seconds_max: float = 300,
) -> Callable[[Handler], Job]:
    """This will turn a handler into the `Job` of that name: `@job("remind_client")`.

    There is no hidden list of jobs: a worker runs the ones it is given.
    """

    def named(handler: Handler) -> Job:
        return Job(name, handler, tries_max, retry_after, seconds_max)

    return named
