"""Fixtures of the tests that send mails."""

from collections.abc import AsyncIterator

import pytest

from tests.support.mail import Mailbox, serving


@pytest.fixture
def mailbox() -> Mailbox:
    """An empty mailbox."""
    return Mailbox()


@pytest.fixture
async def smtp_port(mailbox: Mailbox) -> AsyncIterator[int]:
    """A server that takes anything, unprotected."""
    async with serving(mailbox) as port:
        yield port
