"""Cursors come back from callers, so they are read like anything else that comes from outside."""

import base64
import json
from contextlib import suppress
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.kit.errors import BadInput
from services.kit.pages import CURSOR_LENGTH_MAX, cursor_part

KNOWN: tuple[tuple[str, type, Any], ...] = (
    ("1210.00", Decimal, Decimal("1210.00")),
    ("-97.20", Decimal, Decimal("-97.20")),
    ("2026-11-21", date, date(2026, 11, 21)),
    ("2026-11-21 10:00:00+00", datetime, datetime(2026, 11, 21, 10, tzinfo=UTC)),
    ("42", int, 42),
    ("true", bool, True),
    ("fusteria", object, "fusteria"),
    ("01a1ffa9-7778-7000-821d-3a8f016d6b59", UUID, UUID("01a1ffa9-7778-7000-821d-3a8f016d6b59")),
)


def cursor(*parts: Any) -> str:
    return base64.b64encode(json.dumps(parts).encode()).decode()


class TestCursorPart:
    @pytest.mark.parametrize(("text", "kind", "value"), KNOWN)
    def test_reads_what_a_list_gave(self, text: str, kind: type, value: Any) -> None:
        assert cursor_part(cursor("x", text), 2, 1, kind) == value

    @pytest.mark.parametrize(
        ("text", "kind"),
        [
            ("a\x00b", object),
            ("1e99999", Decimal),
            ("NaN", Decimal),
            ("-Infinity", Decimal),
            ("9" * 30, Decimal),
            ("9" * 30, int),
            ("2026-11-21T10:00:00", datetime),
            ("0001-01-01T00:00:00+23:00", datetime),
            ("9999-12-31T23:00:00-23:00", datetime),
            ("no day", date),
            (None, date),
            (["x"], UUID),
            ({"x": 1}, Decimal),
        ],
    )
    def test_refuses_what_no_column_holds(self, text: Any, kind: type) -> None:
        with pytest.raises(BadInput):
            cursor_part(cursor(text), 1, 0, kind)

    @pytest.mark.parametrize("given", ["", "x", "é", "e30=", "W10=", "x" * (CURSOR_LENGTH_MAX + 1)])
    def test_refuses_what_is_no_cursor(self, given: str) -> None:
        with pytest.raises(BadInput):
            cursor_part(given, 1, 0, int)

    @given(st.text(max_size=200), st.sampled_from([kind for _, kind, _ in KNOWN]))
    def test_never_fails_in_another_way(self, text: str, kind: type) -> None:
        with suppress(BadInput):
            cursor_part(cursor(text), 1, 0, kind)
