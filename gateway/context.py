"""What one request knows: viewer, clock, database, locale; and what the whole process shares."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from starlette.requests import Request

from gateway.executor import Executor
from gateway.exporting import Lists
from gateway.operations import Operations
from gateway.pace import Pace
from gateway.viewers import Known, Viewers
from services.access.interface import RequestContext
from services.kit import clock, links
from services.kit.db import Database
from services.kit.settings import Settings
from services.kit.storage import Store
from services.kit.words import LOCALES, translator

LINK_LASTS = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Process:
    """What every request of this process uses; `Gateway.process`. `exported` holds files for some days.

    `pace` is that of partner apps, `guesses` that of secrets which nobody holds.
    """

    settings: Settings
    database: Database
    store: Store
    viewers: Viewers
    executor: Executor
    operations: Operations
    lists: Lists
    exported: Store
    web: Mapping[str, Path]
    pace: Pace
    guesses: Pace

    def context(self, request: Request, known: Known | None, request_id: str) -> RequestContext:
        """The context of one request."""
        viewer = known.viewer if known else None
        locale = viewer.locale if viewer else preferred_locale(request.headers.get("accept-language", ""))

        def link(kind: str, **claims: str) -> str:
            # The session by the hash under which it is kept: signing out ends the links that were given in it.
            asking = {"viewer": str(known.viewer.id), "session": known.hash} if known else {}
            signed = {"kind": kind, **asking, **claims}
            secret = self.settings.secret.get_secret_value()
            return "/files/" + links.sign(secret, "file", signed, clock.now() + LINK_LASTS)

        return RequestContext(
            database=self.database,
            store=self.store,
            viewer_or_none=viewer,
            locale=locale,
            request_id=request_id,
            link=link,
            translate=translator(locale),
            lists=self.lists,
        )


def preferred_locale(accepted: str) -> str:
    """The first of our languages that a browser names, else Spanish."""
    for part in accepted.split(","):
        language = part.split(";")[0].strip().lower()[:2]
        if language in LOCALES:
            return language
    return "es"


def process_of(request: Request) -> Process:
    """The process behind a request."""
    found: Process = request.scope["app"].process
    return found
