"""Whose failures are counted together: by network, past our own proxies and never past what a caller claims."""

from ipaddress import ip_network
from pathlib import Path

import httpx2
import pytest
from starlette.requests import Request

from gateway.app import make_app
from gateway.callers import network_of
from gateway.pace import WRONG_SECRETS_PER_MINUTE
from services.access.models import SignInAttempt
from services.access.sign_in import ATTEMPTS_PER_NETWORK_MAX
from services.kit.db import Addresses, Database
from services.kit.ids import new_id
from tests.gateway.asking import codes, session_of, signed_in
from tests.gateway.serving import bearer, serving, settings_in, write_manifest
from tests.support.office import Office

OURS = (ip_network("10.0.0.0/8"), ip_network("127.0.0.1/32"), ip_network("fd00::/8"))


def _network(peer: str | None, *forwarded: str, trusted: tuple[object, ...] = OURS) -> str:
    headers = [(b"x-forwarded-for", value.encode("latin-1")) for value in forwarded]
    client = (peer, 4711) if peer is not None else None
    return network_of(Request({"type": "http", "headers": headers, "client": client}), trusted)  # type: ignore[arg-type]


class TestNetworkOf:
    @pytest.mark.parametrize(
        ("peer", "forwarded", "network"),
        [
            ("203.0.113.9", (), "203.0.113.0/24"),
            ("2001:db8:1:2::3", (), "2001:db8:1::/48"),
            # An IPv4 caller at an IPv6 socket; else the whole of IPv4 would be one network.
            ("::ffff:203.0.113.9", (), "203.0.113.0/24"),
            ("203.0.113.9", ("198.51.100.1",), "203.0.113.0/24"),
            ("10.0.0.1", ("198.51.100.1",), "198.51.100.0/24"),
            ("10.0.0.1", ("192.0.2.5, 198.51.100.1",), "198.51.100.0/24"),
            ("10.0.0.1", ("192.0.2.5", "198.51.100.1, 10.9.9.9"), "198.51.100.0/24"),
            ("fd00::1", ("[2001:db8::1]:443",), "2001:db8::/48"),
            ("10.0.0.1", ("198.51.100.1:5123",), "198.51.100.0/24"),
            ("10.0.0.1", ("198.51.100.1, nonsense, 10.9.9.9",), "10.9.9.0/24"),
            ("10.0.0.1", (), "10.0.0.0/24"),
            ("10.0.0.1", ("10.0.0.2," * 5_000,), "10.0.0.0/24"),
            (None, ("198.51.100.1",), "unknown"),
            ("a-socket", (), "unknown"),
        ],
    )
    def test_is_that_of_the_first_hop_which_is_not_ours(
        self, peer: str | None, forwarded: tuple[str, ...], network: str
    ) -> None:
        assert _network(peer, *forwarded) == network

    def test_believes_nobody_unless_named(self) -> None:
        assert _network("127.0.0.1", "198.51.100.1", trusted=()) == "127.0.0.0/24"


async def test_networks_behind_a_trusted_proxy_are_slowed_down_apart(
    postgres: Addresses, database: Database, tmp_path: Path
) -> None:
    settings = settings_in(tmp_path, trusted_proxies="127.0.0.1")
    hashes = write_manifest(tmp_path / "apps.json", {"Who": "query Who{viewer{role}}"})
    app = make_app(settings, postgres, manifests=(tmp_path / "apps.json",), work_here=False)
    with serving(app, settings, hashes) as served:
        office = await Office.open(database, served.files)
        session = await session_of(office, office.manager)
        async with httpx2.AsyncClient(base_url=served.address, timeout=60) as http:
            person = signed_in(http, served, session)

            async def guess(caller: str) -> httpx2.Response:
                headers = bearer(f"atrio_{new_id()}") | {
                    "x-forwarded-for": f"192.0.2.{new_id().int % 250}, {caller}"
                }
                return await http.post("/graphql", json={"query": "{viewer{role}}"}, headers=headers)

            before = await person.run("Who")
            guesses = [await guess("198.51.100.7") for _ in range(WRONG_SECRETS_PER_MINUTE + 5)]
            neighbour = await guess("198.51.100.200")
            elsewhere = await guess("203.0.113.7")
            after = await person.run("Who")

    statuses = [answer.status_code for answer in guesses]
    assert statuses[:WRONG_SECRETS_PER_MINUTE] == [401] * WRONG_SECRETS_PER_MINUTE
    assert statuses[-1] == 429
    assert codes(guesses[-1]) == ["TOO_MANY_REQUESTS"]
    assert int(guesses[-1].headers["retry-after"]) >= 1
    assert (neighbour.status_code, elsewhere.status_code) == (429, 401)
    assert (before.status_code, after.status_code) == (200, 200)


async def test_sign_ins_fail_by_network_behind_a_trusted_proxy_only(
    postgres: Addresses, database: Database, tmp_path: Path
) -> None:
    """Noted past the limit at once: what is tried here is whose network they count for."""
    settings = settings_in(tmp_path, trusted_proxies="127.0.0.1")
    app = make_app(settings, postgres, manifests=(), work_here=False)
    third = new_id().int % 250
    async with database.write(for_itself=True) as session:
        session.add_all(
            SignInAttempt(key=f"network:10.77.{third}.0/24") for _ in range(ATTEMPTS_PER_NETWORK_MAX)
        )
    with serving(app, settings, {}) as served:
        async with httpx2.AsyncClient(base_url=served.address, timeout=60) as http:

            async def tried(caller: str) -> int:
                headers = {
                    "x-atrio-surface": "firm",
                    "sec-fetch-site": "same-origin",
                    "x-forwarded-for": caller,
                }
                body = {"login": f"{new_id()}@example.test", "password": "guessing away"}
                return (await http.post("/sign-in", json=body, headers=headers)).status_code

            there = await tried(f"10.77.{third}.9")
            claimed = await tried(f"10.77.{third}.9, 10.78.{third}.9")

    assert (there, claimed) == (429, 401)
