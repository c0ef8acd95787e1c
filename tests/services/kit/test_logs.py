"""Logs tell what happened and nothing about whom."""

import io
import json
import logging
import time
from collections.abc import Iterator
from typing import Any

import pytest
import structlog
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from services.kit.logs import RequestLog, request_id, set_up_logs

TOKEN = "eyJhbGciOiJIUzI1NiJ9" * 3


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    """Where the logs of one test go; the process's own logging comes back afterwards."""
    root = logging.getLogger()
    before, level = root.handlers, root.level
    stream = io.StringIO()
    set_up_logs("info", stream)
    yield stream
    root.handlers = before
    root.setLevel(level)
    structlog.reset_defaults()


def lines(stream: io.StringIO) -> list[dict[str, Any]]:
    """This will read what was logged."""
    return [json.loads(line) for line in stream.getvalue().splitlines()]


class TestRedaction:
    def test_of_a_long_word_takes_no_longer_than_it_is_long(self, stream: io.StringIO) -> None:
        started = time.process_time()

        structlog.get_logger("journal").error("failed", exception="a" * 200_000)

        assert time.process_time() - started < 2
        assert lines(stream)[0]["event"] == "failed"

    def test_hides_the_value_that_the_driver_quotes(self, stream: io.StringIO) -> None:
        said = "DataError: invalid input for query argument $3: 'Clara Vidal' (expected a date)"

        structlog.get_logger("journal").error("failed", exception=said)

        assert "Clara" not in stream.getvalue()
        assert "query argument $3" in stream.getvalue()


class TestSetUpLogs:
    def test_writes_one_json_object_per_event_with_level_name_and_utc_time(self, stream: io.StringIO) -> None:
        structlog.get_logger("journal").info("entry_posted", lines=3)

        [line] = lines(stream)

        assert line["timestamp"].endswith("Z")
        assert {key: line[key] for key in ("event", "level", "logger", "lines")} == {
            "event": "entry_posted",
            "level": "info",
            "logger": "journal",
            "lines": 3,
        }

    def test_takes_the_libraries_logs_through_the_same_chain(self, stream: io.StringIO) -> None:
        logging.getLogger("alembic").warning("could not mail %s", "ana@example.es")

        assert lines(stream)[0]["event"] == "could not mail [email]"

    def test_leaves_out_what_is_below_the_level(self, stream: io.StringIO) -> None:
        structlog.get_logger("journal").debug("detail")

        assert lines(stream) == []

    def test_speaks_plainly_at_a_terminal(self, stream: io.StringIO) -> None:
        set_up_logs("info", stream, as_json=False)

        structlog.get_logger("journal").info("entry_posted")

        assert "entry_posted" in stream.getvalue()
        assert "{" not in stream.getvalue()


class TestRedact:
    @pytest.mark.parametrize(
        "name",
        [
            "password",
            "access_token",
            "Authorization",
            "set-cookie",
            "iban",
            "contact_email",
            "taxId",
            "tax_id",
            "variables",
        ],
    )
    def test_blanks_values_under_telling_names_at_any_depth(self, stream: io.StringIO, name: str) -> None:
        structlog.get_logger().info("event", deep={"list": [{name: "SECRET"}]}, **{name: "SECRET"})

        assert "SECRET" not in stream.getvalue()

    @pytest.mark.parametrize(
        "told",
        [
            "paid from ES91 2100 0418 4502 0005 1332",
            "paid from ES9121000418450200051332",
            "wrote to maria.lopez+book@example.co.uk",
            "sent Bearer abcdefghijklmnop",
            "opened postgresql://ana:hunter2@db/books",
            "GET /x?token=hunter2hunter2&page=1",
        ],
    )
    def test_blanks_client_data_inside_texts(self, stream: io.StringIO, told: str) -> None:
        structlog.get_logger().info(told)

        written = lines(stream)[0]["event"]
        for secret in ("2100", "lopez", "abcdefgh", "hunter2"):
            assert secret not in written

    def test_blanks_the_row_an_exception_quotes_and_keeps_the_traceback(self, stream: io.StringIO) -> None:
        quoting = ValueError("duplicate key\nDETAIL:  Key (name)=(Maria Lopez) already exists.")

        structlog.get_logger().error("failed", exc_info=quoting)

        [line] = lines(stream)

        assert "Lopez" not in line["exception"]
        assert "ValueError: duplicate key" in line["exception"]

    def test_keeps_ids_counts_and_codes(self, stream: io.StringIO) -> None:
        structlog.get_logger().info(
            "event", entry_id="0192f0c1-7c1e-7000-8000-000000000001", code="PERIOD_LOCKED", rows=7
        )

        [line] = lines(stream)

        assert (line["entry_id"], line["code"], line["rows"]) == (
            "0192f0c1-7c1e-7000-8000-000000000001",
            "PERIOD_LOCKED",
            7,
        )


class TestRequestLog:
    @pytest.fixture
    def client(self) -> TestClient:
        """An application that answers with the request's id, or breaks."""

        async def answer(request: Request) -> PlainTextResponse:
            if request.url.path == "/broken":
                raise RuntimeError
            return PlainTextResponse(request_id() or "none")

        app = Starlette(routes=[Route("/{rest:path}", answer)])
        return TestClient(RequestLog(app), raise_server_exceptions=False)

    def test_gives_every_request_an_id_and_one_line(self, stream: io.StringIO, client: TestClient) -> None:
        answer = client.get("/graphql?query=secret")

        [line] = [line for line in lines(stream) if line["event"] == "request"]

        assert answer.text == answer.headers["x-request-id"] == line["request_id"]
        assert (line["method"], line["path"], line["status"]) == ("GET", "/graphql", 200)
        assert request_id() is None

    def test_takes_a_callers_id_only_if_it_looks_like_one(
        self, stream: io.StringIO, client: TestClient
    ) -> None:
        taken = client.get("/", headers={"x-request-id": "from-the-proxy-17"})
        refused = client.get("/", headers={"x-request-id": "x y\t<script>"})

        assert taken.text == "from-the-proxy-17"
        assert "script" not in refused.text
        assert len(lines(stream)) >= 2

    def test_hides_a_token_in_the_path(self, stream: io.StringIO, client: TestClient) -> None:
        client.get(f"/files/{TOKEN}")

        assert TOKEN not in stream.getvalue()
        assert any(line.get("path") == "/files/[long]" for line in lines(stream))

    def test_logs_a_request_that_broke(self, stream: io.StringIO, client: TestClient) -> None:
        client.get("/broken")

        assert any(line.get("path") == "/broken" and line.get("status") == 500 for line in lines(stream))
