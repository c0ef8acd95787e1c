"""The fixture that the tests of jobs and of queued mails share."""

from collections.abc import AsyncIterator

import pytest

from tests.support.database import TestServer
from tests.support.jobs import Queue, own_queue


@pytest.fixture
async def queue(postgres_server: TestServer) -> AsyncIterator[Queue]:
    """An empty queue of the test's own."""
    async with own_queue(postgres_server) as queue:
        yield queue
