"""Settings come from the environment, refuse half a pair, and keep one signing key per installation."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pydantic import ValidationError

from services.kit.settings import Settings, load_settings


class TestLoadSettings:
    def test_makes_the_signing_key_once_for_its_owner_alone(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("ATRIO_DATA_DIR", str(tmp_path / "data"))

        with ThreadPoolExecutor(8) as pool:
            keys = {
                future.result().secret.get_secret_value()
                for future in [pool.submit(load_settings) for _ in range(8)]
            }

        assert len(keys) == 1
        assert len(keys.pop()) >= 32
        assert stat.S_IMODE((tmp_path / "data" / "secret").stat().st_mode) == 0o600
        assert [path.name for path in (tmp_path / "data").iterdir()] == ["secret"]

    def test_takes_a_given_key_and_writes_none(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("ATRIO_DATA_DIR", str(tmp_path))
        monkeypatch.setenv("ATRIO_SECRET", "k" * 32)

        assert load_settings().secret.get_secret_value() == "k" * 32
        assert not list(tmp_path.iterdir())


class TestSettings:
    @pytest.mark.parametrize(
        ("given", "complaint"),
        [
            ({"mail_user": "ana"}, "mail_user and mail_password go together"),
            ({"storage_access_key": "key"}, "storage_access_key and storage_secret_key go together"),
            ({"database_app_url": "postgresql://app@db/books"}, "database_app_url needs database_url"),
            ({"secret": "short"}, "secret is shorter than 32"),
            ({"port": 70_000}, "port"),
            ({"log_level": "chatty"}, "log_level"),
        ],
    )
    def test_refuses_what_cannot_work(self, given: dict[str, object], complaint: str) -> None:
        with pytest.raises(ValidationError, match=complaint):
            Settings.model_validate(given)

    def test_cannot_be_changed_and_do_not_print_secrets(self) -> None:
        settings = Settings.model_validate(
            {"secret": "k" * 32, "database_url": "postgresql://ana:pw@db/books"}
        )

        with pytest.raises(ValidationError):
            settings.port = 1  # type: ignore[misc]

        assert "pw@" not in repr(settings)
        assert "kkk" not in repr(settings)

    def test_link_to_the_public_address_without_a_final_slash(self) -> None:
        assert Settings(public_url="https://books.example/").address == "https://books.example"
        assert Settings(port=8123).address == "http://127.0.0.1:8123"
