"""Signed links open what they were signed for, for as long as they were signed."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.kit.links import TOKEN_LENGTH_MAX, LinkExpired, LinkForged, SecretTooShort, sign, verify

SECRET = "a secret of the installation that is long enough"
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
CLAIMS = {"sha256": "ab" * 32, "name": "Factura nº 7.pdf"}


class TestSign:
    def test_refuses_a_short_secret(self) -> None:
        with pytest.raises(SecretTooShort):
            sign("fifteen letters", "file", CLAIMS, NOON)

    def test_refuses_an_instant_without_zone(self) -> None:
        with pytest.raises(ValueError, match="time zone"):
            sign(SECRET, "file", CLAIMS, NOON.replace(tzinfo=None))

    def test_refuses_claims_that_make_the_token_too_long(self) -> None:
        with pytest.raises(ValueError, match="characters"):
            sign(SECRET, "file", {"name": "x" * TOKEN_LENGTH_MAX}, NOON)

    def test_takes_the_longest_name_of_a_file_in_any_script(self) -> None:
        hashes = dict.fromkeys(("session", "sha256"), "a" * 64)
        ids = dict.fromkeys(("viewer", "company", "document"), "01a1ffa9-7778-7000-821d-3a8f016d6b59")
        long = hashes | ids | {"kind": "attachment", "media_type": "image/jpeg", "filename": "🧾" * 200}

        assert verify(SECRET, "file", sign(SECRET, "file", long, NOON), NOON - timedelta(1)) == long


class TestVerify:
    def test_gives_the_claims_back_until_the_last_second(self) -> None:
        token = sign(SECRET, "file", CLAIMS, NOON)

        assert verify(SECRET, "file", token, NOON - timedelta(seconds=1)) == CLAIMS

    def test_refuses_from_the_instant_of_expiry_on(self) -> None:
        token = sign(SECRET, "file", CLAIMS, NOON)

        with pytest.raises(LinkExpired) as refusal:
            verify(SECRET, "file", token, NOON)

        assert refusal.value.expired_at == NOON

    def test_refuses_a_token_signed_for_another_purpose(self) -> None:
        token = sign(SECRET, "sign in", CLAIMS, NOON)

        with pytest.raises(LinkForged):
            verify(SECRET, "file", token, NOON - timedelta(hours=1))

    def test_refuses_a_token_signed_with_another_secret(self) -> None:
        token = sign("the secret of some other installation", "file", CLAIMS, NOON)

        with pytest.raises(LinkForged):
            verify(SECRET, "file", token, NOON - timedelta(hours=1))

    def test_refuses_claims_taken_from_another_genuine_token(self) -> None:
        own_body, own_mac = sign(SECRET, "file", {"id": "own"}, NOON).split(".")
        foreign_body, _ = sign(SECRET, "file", {"id": "foreign"}, NOON).split(".")

        assert verify(SECRET, "file", f"{own_body}.{own_mac}", NOON - timedelta(hours=1)) == {"id": "own"}
        with pytest.raises(LinkForged):
            verify(SECRET, "file", f"{foreign_body}.{own_mac}", NOON - timedelta(hours=1))

    @given(place=st.integers(min_value=0), letter=st.characters(codec="utf-8"))
    def test_refuses_a_token_with_any_letter_changed(self, place: int, letter: str) -> None:
        token = sign(SECRET, "file", CLAIMS, NOON)
        place %= len(token)
        changed = token[:place] + letter + token[place + 1 :]

        if changed == token:
            assert verify(SECRET, "file", changed, NOON - timedelta(hours=1)) == CLAIMS
        else:
            with pytest.raises(LinkForged):
                verify(SECRET, "file", changed, NOON - timedelta(hours=1))

    @given(token=st.text(max_size=300))
    def test_refuses_any_text_that_was_never_signed(self, token: str) -> None:
        with pytest.raises(LinkForged):
            verify(SECRET, "file", token, NOON)
