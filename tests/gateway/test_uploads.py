"""Uploads over HTTP: who may send what for which company, and how much."""

from collections.abc import AsyncIterator
from uuid import UUID

import httpx2
import pytest
from sqlalchemy import text

from services.kit.ids import new_id
from tests.gateway.asking import session_of, token_of
from tests.gateway.serving import Served, bearer, cookies
from tests.support.office import BOOKS, Office

PDF = b"%PDF-1.4 a paper"


async def upload(
    http: httpx2.AsyncClient,
    headers: dict[str, str],
    company_id: UUID,
    content: bytes | AsyncIterator[bytes] = PDF,
    **given: str,
) -> httpx2.Response:
    asked = {"companyId": str(company_id), "purpose": "inbox", "filename": "paper.pdf", **given}
    return await http.post("/uploads", params=asked, content=content, headers=headers)


async def uploads_of(office: Office, company_id: UUID) -> int:
    async with office.act() as act:
        return int(
            await act.session.scalar(
                text("select count(*) from upload where company_id = :c"), {"c": company_id}
            )
        )


class TestUpload:
    @pytest.mark.parametrize("purpose", ["inbox", "INBOX", "statement"])
    async def test_is_kept_with_what_its_bytes_are(
        self, http: httpx2.AsyncClient, served_office: Office, purpose: str
    ) -> None:
        company_id = await served_office.client()
        headers = cookies(await session_of(served_office, served_office.manager))

        answer = await upload(
            http, headers, company_id, purpose=purpose, filename="C:\\scans\\Factura nº 7.exe"
        )

        assert answer.status_code == 200
        assert answer.json() | {"uploadId": ""} == {
            "uploadId": "",
            "size": len(PDF),
            "mediaType": "application/pdf",
        }
        async with served_office.act() as act:
            name = await act.session.scalar(
                text("select filename from upload where id = :u"), {"u": UUID(answer.json()["uploadId"])}
            )
        assert name == "Factura nº 7.exe"

    async def test_of_nobody_is_refused(self, http: httpx2.AsyncClient, served_office: Office) -> None:
        company_id = await served_office.client()

        for headers in ({}, cookies("wrong"), bearer("wrong")):
            assert (await upload(http, headers, company_id)).status_code == 401

    async def test_of_somebody_who_may_not_is_refused_unread(
        self, http: httpx2.AsyncClient, served_office: Office
    ) -> None:
        """The answer is about the person, although the content is too large as well."""
        company_id = await served_office.client(assigned=False)
        headers = cookies(await session_of(served_office, served_office.bookkeeper))

        answer = await upload(http, headers, company_id, content=PDF * 200_000)

        assert answer.status_code == 404

    async def test_by_a_partner_is_refused(self, http: httpx2.AsyncClient, served_office: Office) -> None:
        company_id = await served_office.client()
        token = await token_of(served_office, company_id, BOOKS, await served_office.client_owner(company_id))

        assert (await upload(http, bearer(token), company_id)).status_code == 403

    @pytest.mark.parametrize(
        ("given", "status"),
        [
            ({"purpose": "fun"}, 400),
            ({"purpose": ""}, 400),
            ({"filename": ""}, 400),
            ({"filename": "a" * 201}, 400),
            ({"filename": "a\nb"}, 400),
            ({"filename": "a\x00b"}, 400),
            ({"filename": "scans/"}, 400),
            ({"companyId": "nonsense"}, 404),
            ({"companyId": ""}, 404),
        ],
        ids=str,
    )
    async def test_with_a_wrong_parameter_is_refused(
        self, http: httpx2.AsyncClient, served_office: Office, given: dict[str, str], status: int
    ) -> None:
        company_id = await served_office.client()
        headers = cookies(await session_of(served_office, served_office.manager))

        answer = await upload(http, headers, company_id, PDF, **given)

        assert answer.status_code == status
        assert answer.json()["code"] in {"BAD_INPUT", "NOT_FOUND"}
        assert await uploads_of(served_office, company_id) == 0

    async def test_for_a_foreign_company_finds_none(
        self, http: httpx2.AsyncClient, server: Served, served_office: Office
    ) -> None:
        stranger = await Office.open(served_office.database, server.files, "Gestoría Luna SL")
        foreign = await stranger.client("Una altra SL")
        headers = cookies(await session_of(served_office, served_office.owner))

        known, never = [
            await upload(http, headers, company_id, b"%PDF foreign " + new_id().bytes)
            for company_id in (foreign, new_id())
        ]

        assert known.status_code == never.status_code == 404
        assert known.json()["message"] == never.json()["message"]
        assert await uploads_of(stranger, foreign) == 0

    async def test_of_nothing_or_too_much_is_refused(
        self, http: httpx2.AsyncClient, server: Served, served_office: Office
    ) -> None:
        company_id = await served_office.client()
        headers = cookies(await session_of(served_office, served_office.manager))
        most = server.settings.upload_bytes_max

        async def in_chunks(count: int) -> AsyncIterator[bytes]:
            for _ in range(count):
                yield b"x" * (most // 4)

        nothing = await upload(http, headers, company_id, b"")
        announced = await upload(http, headers, company_id, b"x" * (most + 1))
        chunked = await upload(http, headers, company_id, in_chunks(5))
        fitting = await upload(http, headers, company_id, in_chunks(4))

        assert nothing.json()["code"] == "UPLOAD_EMPTY"
        assert [announced.status_code, chunked.status_code, fitting.status_code] == [413, 413, 200]
        assert announced.json()["code"] == "BODY_TOO_LARGE"
        assert await uploads_of(served_office, company_id) == 1
