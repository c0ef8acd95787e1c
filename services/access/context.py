"""What a resolver knows about its request."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import strawberry

from services.access.act import Act, acting
from services.access.viewer import Viewer
from services.kit import clock
from services.kit.db import Database
from services.kit.errors import Unauthenticated
from services.kit.exports import ListReader
from services.kit.storage import Store
from services.kit.words import Language


@dataclass(slots=True)
class RequestContext:
    """One request: who asks, when, and the few things that reach outside the program.

    `link` signs a path of this gateway for the viewer, so that a browser or app can fetch a file for some minutes.
    `lists` reads whole lists for files.
    """

    database: Database
    store: Store
    viewer_or_none: Viewer | None
    locale: str
    request_id: str
    link: Callable[..., str]
    translate: Language
    lists: ListReader
    now: datetime = field(default_factory=clock.now)
    denied: dict[Any, Any] = field(default_factory=dict)
    fetched: dict[str, Any] = field(default_factory=dict)
    variables: Any = None
    raw_variables: dict[str, Any] = field(default_factory=dict)

    @property
    def viewer(self) -> Viewer:
        """Who asks. Raises Unauthenticated if nobody has signed in."""
        if self.viewer_or_none is None:
            raise Unauthenticated
        return self.viewer_or_none

    @property
    def today(self) -> date:
        """The viewer's calendar day."""
        return clock.today(self.zone)

    @property
    def zone(self) -> str:
        """The viewer's time zone, by its IANA name."""
        return self.viewer_or_none.time_zone if self.viewer_or_none else clock.HOME_ZONE

    @asynccontextmanager
    async def write(self) -> AsyncIterator[Act]:
        """The one transaction of a mutation, as this viewer."""
        async with acting(self.database, self.viewer) as act:
            yield act


Info = strawberry.Info[RequestContext, None]
