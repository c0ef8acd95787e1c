"""Bodies that no app of ours would send."""

import httpx2
import pytest

JSON = {"content-type": "application/json"}


class TestJsonObject:
    @pytest.mark.parametrize("depth", [1, 300, 1_000])
    async def test_refuses_the_character_nul_however_deep_it_lies(
        self, http: httpx2.AsyncClient, depth: int
    ) -> None:
        body = b'{"query":"{viewer{id}}","x":' + b"[" * depth + b'"\\u0000"' + b"]" * depth + b"}"

        answer = await http.post("/graphql", content=body, headers=JSON)

        assert answer.status_code == 400
        assert answer.json()["errors"][0]["extensions"]["code"] == "BAD_REQUEST"

    async def test_refuses_nesting_that_no_reader_follows(self, http: httpx2.AsyncClient) -> None:
        answer = await http.post("/graphql", content=b'{"x":' + b"[" * 50_000, headers=JSON)

        assert answer.status_code == 400

    @pytest.mark.parametrize("path", ["/graphql", "/sign-in", "/sign-in/switch"])
    async def test_takes_no_more_than_the_small_limit(self, http: httpx2.AsyncClient, path: str) -> None:
        """Uploads may be larger; what is read before anybody is known may not."""
        headers = {**JSON, "x-atrio-surface": "firm", "sec-fetch-site": "same-origin"}

        answer = await http.post(path, content=b'{"x":"' + b"a" * 150_000 + b'"}', headers=headers)

        assert answer.status_code == (401 if path == "/sign-in/switch" else 413)
