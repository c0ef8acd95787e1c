"""What an installation may decide: environment variables with the prefix `ATRIO_`, read once at start.

With nothing set, everything runs from one folder: embedded PostgreSQL, files and a mail outbox below `./var`.
"""

import secrets
from contextlib import suppress
from datetime import date
from enum import StrEnum
from functools import cache
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

DEMO_MAKER_TAX_ID = "B17700014"
SECRET_BYTES = 32
SECRET_CHARACTERS_MIN = 32


class MailEncryption(StrEnum):
    """How the connection to the mail server is protected."""

    NONE = "none"
    STARTTLS = "starttls"
    TLS = "tls"


class Settings(BaseSettings):
    """The frozen settings of one process. A wrong value stops the program at start with its name."""

    model_config = SettingsConfigDict(env_prefix="ATRIO_", frozen=True, use_attribute_docstrings=True)

    data_dir: Path = Path("var")
    """Folder of everything the program keeps itself: database, files, outbox, signing key. Made when missing."""

    database_url: SecretStr | None = None
    """PostgreSQL 15 or newer as `postgresql://owner@host/name`. Nothing means the embedded server in `data_dir`."""

    database_app_url: SecretStr | None = None
    """A second login for requests, member of `atrio_app`. Nothing means `database_url` with `SET ROLE atrio_app`.

    Name one wherever others than you sign in: SQL that came in from outside could leave a role, but not a login.
    """

    host: str = "127.0.0.1"
    """Address the HTTP server listens on."""

    port: int = Field(default=8000, ge=1, le=65_535)
    """Port the HTTP server listens on."""

    public_url: str = ""
    """Where browsers reach the program, without a final slash; links in mails start with it. Default: host and port."""

    trusted_proxies: Annotated[tuple[IPv4Network | IPv6Network, ...], NoDecode] = ()
    """Reverse proxies in front, such as `10.0.0.0/8, 127.0.0.1`: only their `X-Forwarded-For` is believed.

    Behind a proxy that is not named here everybody shares its network, and with it the limits of failed sign-ins and
    of wrong cookies and tokens: whoever sends many of those keeps new sessions of everybody else out for a minute.
    """

    secret: SecretStr = SecretStr("")
    """Key of all signatures (sessions, signed links), 32 characters or more. Default: made once in `data_dir`.

    Processes that serve one installation must share it. Changing it ends every session and every signed link.
    """

    cookies_secure: bool = True
    """Session cookies travel over HTTPS only; Chromium and Firefox except localhost, Safari and curl do not."""

    storage_bucket: str | None = None
    """S3 bucket of scans, PDFs and attachments. Nothing means the folder `files` in `data_dir`."""

    storage_endpoint: str | None = None
    """Address of an S3-compatible store; nothing means Amazon's for the region."""

    storage_region: str = "eu-south-2"
    """Region of the bucket. The default is in Spain."""

    storage_access_key: SecretStr | None = None
    """Access key of the store; nothing means boto3's own search (instance role, profile)."""

    storage_secret_key: SecretStr | None = None
    """Secret that belongs to `storage_access_key`; both or none."""

    mail_host: str | None = None
    """SMTP server. Nothing means that mails land in the outbox, readable in the browser by a developer."""

    mail_port: int = Field(default=587, ge=1, le=65_535)
    """Port of the SMTP server."""

    mail_user: str | None = None
    """Login at the SMTP server; nothing means no login."""

    mail_password: SecretStr | None = None
    """Password that belongs to `mail_user`; both or none."""

    mail_encryption: MailEncryption = MailEncryption.STARTTLS
    """Protection of the connection to the SMTP server."""

    mail_sender: str = "Atrio <no-reply@localhost>"
    """The From line of every mail."""

    worker_in_process: bool = True
    """Whether the web process runs the jobs too. Switch off where `worker` runs as its own process."""

    body_bytes_max: int = Field(default=1_000_000, ge=1_000)
    """Largest GraphQL request body, in bytes."""

    upload_bytes_max: int = Field(default=25_000_000, ge=1_000)
    """Largest uploaded file, in bytes."""

    partner_requests_per_minute: int = Field(default=600, ge=1, le=1_000_000)
    """How often one API token may ask, per gateway process; twice that in its first minute."""

    pdf_processes: int = Field(default=2, ge=1, le=64)
    """How many processes render PDFs."""

    maker_name: str = "Atrio"
    """Who supplies this program, as its responsible declaration (RD 1007/2023 art. 13) and every invoice record say."""

    maker_tax_id: str = ""
    """Spanish tax id of the supplier. Records made while it is empty lack it: set it before real invoices. A demo has
    one that is made up."""

    maker_address: str = ""
    """Postal address of the supplier, as its responsible declaration says it."""

    maker_declared: str = ""
    """Place and day of the supplier's responsible declaration, such as "Madrid, 1 de enero de 2027". Nothing: none yet.

    Whoever sets it declares: that its customers keep records as the law wants, which this program does not do alone
    (no signature of records, no log of events). See the firm app, Settings.
    """

    installation: str = "1"
    """Number of this installation among those of the supplier, up to 100 signs; stands in every invoice record."""

    invoice_records_sent: bool = False
    """Whether another program sends the invoice records to the tax agency, so that QR codes may say VERI*FACTU."""

    invoice_records_on_tests: bool = False
    """Whether QR codes point at the tax agency's host for tests."""

    log_level: str = Field(default="info", pattern="^(debug|info|warning|error)$")
    """Least severe level that is logged."""

    demo: bool = False
    """Whether an empty database is filled with the demo firm and its published logins. Never in production."""

    demo_day: date | None = None
    """A day for the demo to stand on, so that it looks the same at every start: the clock of the program runs on
    from it. Only together with `demo`. Nothing means today."""

    @field_validator("trusted_proxies", mode="before")
    @classmethod
    def _listed(cls, given: Any) -> Any:
        return (
            [part.strip() for part in given.split(",") if part.strip()] if isinstance(given, str) else given
        )

    @model_validator(mode="after")
    def _pairs_are_complete(self) -> Self:
        if (self.storage_access_key is None) != (self.storage_secret_key is None):
            raise ValueError("storage_access_key and storage_secret_key go together: set both or none")
        if (self.mail_user is None) != (self.mail_password is None):
            raise ValueError("mail_user and mail_password go together: set both or none")
        if self.demo_day is not None and not self.demo:
            raise ValueError("demo_day moves the clock of a demo: set demo too, or leave it out")
        if self.database_app_url is not None and self.database_url is None:
            raise ValueError("database_app_url needs database_url: the embedded server makes its own logins")
        if 0 < len(self.secret.get_secret_value()) < SECRET_CHARACTERS_MIN:
            raise ValueError(f"secret is shorter than {SECRET_CHARACTERS_MIN} characters")
        return self

    @property
    def address(self) -> str:
        """This will give the address for links, without a final slash."""
        return (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")


def load_settings() -> Settings:
    """This will read the environment and fill in signing key and what demos need. Raises pydantic.ValidationError."""
    settings = Settings()
    data_dir = settings.data_dir.expanduser().absolute()
    data_dir.mkdir(parents=True, exist_ok=True)
    secret = (
        settings.secret
        if settings.secret.get_secret_value()
        else SecretStr(_kept_secret(data_dir / "secret"))
    )
    maker_tax_id = settings.maker_tax_id or (DEMO_MAKER_TAX_ID if settings.demo else "")
    return settings.model_copy(update={"data_dir": data_dir, "secret": secret, "maker_tax_id": maker_tax_id})


@cache
def get_settings() -> Settings:
    """This will give the settings of this process, the same object every time."""
    return load_settings()


def _kept_secret(path: Path) -> str:
    """Two processes may start at once: exactly one creates the file, complete, and both read it."""
    if not path.exists():
        draft = path.with_name(f"secret.{secrets.token_hex(4)}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(SECRET_BYTES))
        with suppress(FileExistsError):
            path.hardlink_to(draft)
        draft.unlink()
    return path.read_text().strip()
