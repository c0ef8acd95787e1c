"""The pace of a partner app: an even one with a minute's burst, told when to come back, and nobody else's."""

from datetime import timedelta
from pathlib import Path
from uuid import UUID

import httpx2
import pytest

from gateway.app import make_app
from gateway.pace import Pace, TooFast
from services.kit.db import Addresses, Database
from services.kit.ids import new_id
from tests.gateway.asking import codes, partner, session_of, signed_in, token_of
from tests.gateway.serving import MODERN, bearer, serving, settings_in, write_manifest
from tests.support.mail import NOON
from tests.support.office import BOOKS, Office

APP, OTHER = new_id(), new_id()


def _taken(pace: Pace, token_id: UUID, seconds: float) -> bool:
    try:
        pace.take(token_id, NOON + timedelta(seconds=seconds))
    except TooFast:
        return False
    return True


class TestPace:
    def test_allows_a_burst_then_an_even_pace(self) -> None:
        pace = Pace(per_minute=6)

        assert [_taken(pace, APP, 0) for _ in range(7)] == [True] * 6 + [False]
        assert [_taken(pace, APP, 10), _taken(pace, APP, 10)] == [True, False]

    def test_refusals_cost_nothing(self) -> None:
        pace = Pace(per_minute=6)
        for _ in range(50):
            _taken(pace, APP, 0)

        assert _taken(pace, APP, 10)

    def test_of_one_token_is_not_that_of_another(self) -> None:
        pace = Pace(per_minute=1)
        assert _taken(pace, APP, 0)

        assert _taken(pace, OTHER, 0)

    def test_says_when_the_next_is_taken(self) -> None:
        pace = Pace(per_minute=6)
        for _ in range(6):
            pace.take(APP, NOON)

        with pytest.raises(TooFast) as refused:
            pace.take(APP, NOON)

        assert refused.value.values == {"per_minute": 6, "seconds": 10}
        assert _taken(pace, APP, 10)


async def test_a_partner_that_asks_too_fast_is_told_when_to_come_back(
    postgres: Addresses, database: Database, tmp_path: Path
) -> None:
    settings = settings_in(tmp_path, partner_requests_per_minute=3)
    hashes = write_manifest(tmp_path / "apps.json", {"Who": "query Who{viewer{role}}"})
    app = make_app(settings, postgres, manifests=(tmp_path / "apps.json",), work_here=False)
    with serving(app, settings, hashes) as served:
        office = await Office.open(database, served.files)
        company_id = await office.client()
        owner = await office.client_owner(company_id)
        token = await token_of(office, company_id, BOOKS, owner)
        other = await token_of(office, company_id, BOOKS, owner)
        async with httpx2.AsyncClient(base_url=served.address, timeout=60) as http:
            asked = [await partner(http, served, token).text("{viewer{role}}") for _ in range(4)]
            legacy = await http.post("/graphql", json={"query": "{viewer{role}}"}, headers=bearer(token))
            sent = await http.post("/uploads", content=b"x", headers=bearer(token))
            free = await partner(http, served, other).text("{viewer{role}}")
            person = signed_in(http, served, await session_of(office, owner))
            apps = [await person.run("Who") for _ in range(6)]

    assert [answer.status_code for answer in asked] == [200, 200, 200, 429]
    assert codes(asked[3]) == ["TOO_MANY_REQUESTS"]
    assert asked[3].headers["content-type"].startswith(MODERN)
    assert 1 <= int(asked[3].headers["retry-after"]) <= 20
    assert [legacy.status_code, sent.status_code, free.status_code] == [429, 429, 200]
    assert {answer.status_code for answer in apps} == {200}, "people are not slowed down"
