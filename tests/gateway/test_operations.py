"""Registered operations: by id, by bare hash, by extension; nothing else for the apps and for nobody."""

import hashlib
from pathlib import Path

import httpx2
import orjson
import pytest

from gateway.app import make_app
from gateway.operations import ManifestRefused, Operations
from services.kit.db import Addresses
from tests.gateway.asking import Caller, anonymous, codes, partner, session_of, signed_in, token_of
from tests.gateway.serving import Served, settings_in, write_manifest
from tests.support.office import BOOKS, Office

UNKNOWN = hashlib.sha256(b"query Never{viewer{id}}").hexdigest()


@pytest.fixture
async def owner(http: httpx2.AsyncClient, server: Served, served_office: Office) -> Caller:
    return signed_in(http, server, await session_of(served_office, served_office.owner))


@pytest.fixture
async def app(http: httpx2.AsyncClient, server: Served, served_office: Office) -> Caller:
    company_id = await served_office.client()
    client_owner = await served_office.client_owner(company_id)
    return partner(http, server, await token_of(served_office, company_id, BOOKS, client_owner))


def apq(hashed: str) -> dict[str, object]:
    return {"persistedQuery": {"version": 1, "sha256Hash": hashed}}


class TestRegistered:
    async def test_runs_however_its_hash_is_given(self, owner: Caller) -> None:
        hashed = owner.served.hashes["Who"]

        answers = [
            await owner.send(body)
            for body in (
                {"documentId": f"sha256:{hashed}"},
                {"documentId": hashed},
                {"extensions": apq(hashed)},
                {"query": "query Who{viewer{id role name}}", "extensions": apq(hashed)},
                {"query": "query Who{viewer{id role name}}"},
            )
        ]

        assert {answer.status_code for answer in answers} == {200}
        assert len({answer.content for answer in answers}) == 1

    async def test_of_an_older_app_still_runs(self, owner: Caller) -> None:
        assert (await owner.run("Old")).json()["data"]["viewer"]["id"]

    async def test_runs_for_partners_too(self, app: Caller) -> None:
        assert (await app.run("Who")).json()["data"]["viewer"]["role"] == "PARTNER_APP"

    async def test_needs_a_viewer_unless_open_to_anybody(
        self, http: httpx2.AsyncClient, server: Served
    ) -> None:
        nobody = anonymous(http, server)

        assert (await nobody.run("Branding", {"slug": "not-here"})).json() == {
            "data": {"publisherBranding": None}
        }
        for name, variables in (
            ("Who", {}),
            ("Contacts", {"companyId": "x", "first": 1}),
            ("Prefer", {"input": {"theme": "dark"}}),
        ):
            answer = await nobody.run(name, variables)
            assert answer.status_code == 401
            assert answer.headers["www-authenticate"] == "Bearer"
            assert codes(answer) == ["UNAUTHENTICATED"]


class TestUnregistered:
    async def test_is_refused_to_apps_and_to_nobody(
        self, owner: Caller, http: httpx2.AsyncClient, server: Served
    ) -> None:
        for caller in (owner, anonymous(http, server)):
            for body in (
                {"documentId": f"sha256:{UNKNOWN}"},
                {"documentId": UNKNOWN},
                {"documentId": "../firm"},
                {"extensions": apq(UNKNOWN)},
                {"query": "{viewer{id}}"},
                {"query": "query Who{viewer{id role name email}}"},
                {"query": "query Never{viewer{id}}", "extensions": apq(UNKNOWN)},
                {"query": "{viewer{id}}", "extensions": apq("")},
            ):
                answer = await caller.send(body)
                assert answer.status_code == 400, body
                assert codes(answer) == ["PERSISTED_QUERY_NOT_FOUND"]

    async def test_is_not_registered_by_whoever_sends_it(self, owner: Caller, app: Caller) -> None:
        text = {"query": "query Never{viewer{id}}", "extensions": apq(UNKNOWN)}

        assert (await app.send(text)).status_code == 200
        assert codes(await app.send({"extensions": apq(UNKNOWN)})) == ["PERSISTED_QUERY_NOT_FOUND"]
        assert codes(await owner.send({"documentId": UNKNOWN})) == ["PERSISTED_QUERY_NOT_FOUND"]

    async def test_text_under_another_hash_is_refused_to_partners(self, app: Caller) -> None:
        answer = await app.send({"query": "{viewer{id}}", "extensions": apq(UNKNOWN)})

        assert answer.status_code == 400
        assert codes(answer) == ["BAD_REQUEST"]


class TestIntrospection:
    async def test_is_refused_to_apps_even_if_registered(
        self, owner: Caller, http: httpx2.AsyncClient, server: Served
    ) -> None:
        for caller in (owner, anonymous(http, server)):
            answer = await caller.run("Schema")

            assert answer.status_code == 422
            assert codes(answer) == ["INTROSPECTION_REFUSED"]

    async def test_answers_partners(self, app: Caller) -> None:
        answer = await app.text('{__schema{queryType{name}} __type(name:"Contact"){name}}')

        assert answer.json()["data"]["__schema"]["queryType"]["name"] == "Query"


class TestManifest:
    def test_registers_every_operation_of_several_files(self, tmp_path: Path) -> None:
        first = write_manifest(tmp_path / "a.json", {"A": "query A{viewer{id}}"})
        second = write_manifest(tmp_path / "b.json", {"B": "query B{viewer{id}}", "A": "query A{viewer{id}}"})

        operations = Operations([tmp_path / "a.json", tmp_path / "b.json"])

        assert [item.name for item in operations.all()] == ["A", "B"]
        assert operations.get(first["A"]) == operations.get(second["A"])

    @pytest.mark.parametrize(
        "content",
        [
            b"not json",
            b"[]",
            b"5",
            b'{"format": "another", "version": 1, "operations": []}',
            b'{"format": "apollo-persisted-query-manifest", "version": 2, "operations": []}',
            b'{"format": "apollo-persisted-query-manifest", "version": 1, "operations": [{"id": "a"}]}',
            b'{"format": "apollo-persisted-query-manifest", "version": 1, "operations": [5]}',
        ],
    )
    def test_that_is_none_is_refused_by_name(self, tmp_path: Path, content: bytes) -> None:
        (tmp_path / "wrong.json").write_bytes(content)

        with pytest.raises(ManifestRefused, match=r"wrong\.json"):
            Operations([tmp_path / "wrong.json"])

    def test_with_a_wrong_id_keeps_the_server_from_starting(
        self, tmp_path: Path, postgres: Addresses
    ) -> None:
        manifest = tmp_path / "app.json"
        write_manifest(manifest, {"Who": "query Who{viewer{id}}"})
        changed = orjson.loads(manifest.read_bytes())
        changed["operations"][0]["body"] = "query Who{viewer{id email}}"
        manifest.write_bytes(orjson.dumps(changed))

        with pytest.raises(ManifestRefused, match="Who"):
            make_app(settings_in(tmp_path), postgres, manifests=(manifest,))

    def test_of_a_mobile_release_is_found_in_the_data_folder(
        self, tmp_path: Path, postgres: Addresses
    ) -> None:
        (tmp_path / "operations").mkdir()
        (tmp_path / "operations" / "android-1.json").write_bytes(b"{}")

        with pytest.raises(ManifestRefused, match=r"android-1\.json"):
            make_app(settings_in(tmp_path), postgres)
