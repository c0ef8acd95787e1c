"""Tables of access. `reach` is written by database triggers only (infra/migrations/sql/access.sql)."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ARRAY, BigInteger, CheckConstraint, Index, UniqueConstraint, Uuid
from sqlmodel import Field, SQLModel

from services.kit.db import Instant, row_id


class Person(SQLModel, table=True):
    """One login. The e-mail is stored in lower case and is unique."""

    __tablename__ = "person"

    id: UUID = row_id()
    name: str
    email: str | None = Field(default=None, unique=True)
    locale: str = "es"
    density: str = "normal"
    theme: str = "system"
    rows_per_list: int = 25
    created_at: datetime = Instant()


class Credential(SQLModel, table=True):
    """One way to sign in for one person: a password today; other methods are further rows of another `method`."""

    __tablename__ = "credential"
    __table_args__ = (
        UniqueConstraint("person_id", "method", name="credential_one_per_method"),
        CheckConstraint("method in ('PASSWORD')", name="credential_method_known"),
    )

    id: UUID = row_id()
    person_id: UUID = Field(foreign_key="person.id", index=True)
    method: str = "PASSWORD"
    secret_hash: str
    failed_attempts: int = 0
    attempts_max: int = 10
    locked_at: datetime | None = Instant(default=None)
    changed_at: datetime = Instant()


class FamiliarNetwork(SQLModel, table=True):
    """A network that a credential has signed in from: it counts its failures by itself.

    So who guesses from elsewhere locks only elsewhere, and the owner still gets in from where it always does.
    """

    __tablename__ = "familiar_network"

    credential_id: UUID = Field(foreign_key="credential.id", primary_key=True)
    network: str = Field(primary_key=True)
    signed_in_at: datetime = Instant()
    failed_attempts: int = 0
    locked_at: datetime | None = Instant(default=None)


class PasswordLink(SQLModel, table=True):
    """A mailed link that lets its person choose a password, once and until it expires. Holds nothing secret."""

    __tablename__ = "password_link"
    __table_args__ = (Index("password_link_by_person", "person_id", "made_at"),)

    id: UUID = row_id()
    person_id: UUID = Field(foreign_key="person.id")
    made_at: datetime = Instant()
    expires_at: datetime = Instant()
    ended_at: datetime | None = Instant(default=None)


class Membership(SQLModel, table=True):
    """A person in one role at one company. Masks hold the scopes of employees and portal contacts, bit per scope."""

    __tablename__ = "membership"
    __table_args__ = (
        UniqueConstraint("company_id", "user_code", name="membership_user_code_once_per_company"),
        Index(
            "membership_one_owner_per_firm", "company_id", unique=True, postgresql_where="role = 'FIRM_OWNER'"
        ),
        CheckConstraint(
            "(role = 'PORTAL_CONTACT') = (contact_id is not null)", name="membership_contact_of_portal"
        ),
        CheckConstraint(
            "state in ('INVITED','ACTIVE','DEACTIVATED','LOCKED','REVOKED')", name="membership_state"
        ),
    )

    id: UUID = row_id()
    person_id: UUID = Field(foreign_key="person.id", index=True)
    company_id: UUID = Field(foreign_key="company.id", index=True)
    role: str
    contact_id: UUID | None = Field(default=None, foreign_key="contact.id", index=True)
    user_code: str | None = None
    state: str = "ACTIVE"
    expires_on: date | None = None
    can_view: int = Field(default=0, sa_type=BigInteger)
    can_edit: int = Field(default=0, sa_type=BigInteger)
    can_approve: int = Field(default=0, sa_type=BigInteger)
    can_share: int = Field(default=0, sa_type=BigInteger)
    created_at: datetime = Instant()
    last_sign_in_at: datetime | None = Instant(default=None)


class SignInSession(SQLModel, table=True):
    """A signed-in browser. Only the SHA-256 of its cookie is kept."""

    __tablename__ = "sign_in_session"

    id: UUID = row_id()
    token_hash: str = Field(unique=True)
    person_id: UUID = Field(foreign_key="person.id", index=True)
    membership_id: UUID = Field(foreign_key="membership.id", index=True)
    surface: str
    created_at: datetime = Instant()
    seen_at: datetime = Instant()
    idle_until: datetime = Instant()
    ends_at: datetime = Instant()
    revoked_at: datetime | None = Instant(default=None)


class SignInAttempt(SQLModel, table=True):
    """Failed sign-ins per network prefix and per login, so that limits survive a restart and hold in every process."""

    __tablename__ = "sign_in_attempt"
    __table_args__ = (Index("sign_in_attempt_by_key", "key", "at"),)

    id: UUID = row_id()
    key: str
    at: datetime = Instant()


class Grant(SQLModel, table=True):
    """A company lets a firm into modules of its books. Bits per scope; the client's own plan still limits them."""

    __tablename__ = "access_grant"
    __table_args__ = (
        UniqueConstraint("company_id", "firm_id", name="access_grant_one_per_firm"),
        CheckConstraint("state in ('ACTIVE','REVOKED')", name="access_grant_state"),
    )

    id: UUID = row_id()
    company_id: UUID = Field(foreign_key="company.id", index=True)
    firm_id: UUID = Field(foreign_key="company.id", index=True)
    can_view: int = Field(default=0, sa_type=BigInteger)
    can_edit: int = Field(default=0, sa_type=BigInteger)
    can_approve: int = Field(default=0, sa_type=BigInteger)
    can_share: int = Field(default=0, sa_type=BigInteger)
    state: str = "ACTIVE"
    valid_until: datetime | None = Instant(default=None)
    reason: str | None = None
    granted_by: UUID | None = Field(default=None, foreign_key="membership.id")
    created_at: datetime = Instant()
    changed_at: datetime = Instant()


class ApiToken(SQLModel, table=True):
    """A partner app's token for one company. Never wider than the person who consented; only its SHA-256 is kept."""

    __tablename__ = "api_token"

    id: UUID = row_id()
    token_hash: str = Field(unique=True)
    app_name: str
    company_id: UUID = Field(foreign_key="company.id", index=True)
    consented_by: UUID = Field(foreign_key="membership.id", index=True)
    can_view: int = Field(default=0, sa_type=BigInteger)
    can_edit: int = Field(default=0, sa_type=BigInteger)
    created_at: datetime = Instant()
    expires_at: datetime = Instant()
    revoked_at: datetime | None = Instant(default=None)


class SavedView(SQLModel, table=True):
    """A list as one person keeps it at one place: a named address. Nobody but the member it belongs to sees it.

    `list_name` names the list in every client's books ("documents/sales"), `search` is what stands behind the question
    mark of its address.
    """

    __tablename__ = "saved_view"
    __table_args__ = (
        UniqueConstraint("membership_id", "list_name", "name", name="saved_view_name_once_per_list"),
    )

    id: UUID = row_id()
    membership_id: UUID = Field(foreign_key="membership.id")
    list_name: str
    name: str
    search: str
    created_at: datetime = Instant()


class Reach(SQLModel, table=True):
    """What one viewer may do in one company: grant AND plan, per action a mask.

    Derived by triggers, never written by the program. A column more, `viewer_pass`, is for the walls alone.
    `contact_ids` is the contact with the cards that were merged into it. `live_until` ends what a grant gave (the
    firm-held bits stay); `plan_mask` explains a refusal.
    """

    __tablename__ = "reach"

    viewer_id: UUID = Field(primary_key=True)
    company_id: UUID = Field(primary_key=True, index=True)
    contact_id: UUID | None = None
    contact_ids: list[UUID] | None = Field(default=None, sa_type=ARRAY(Uuid))
    view_mask: int = Field(sa_type=BigInteger)
    edit_mask: int = Field(sa_type=BigInteger)
    approve_mask: int = Field(sa_type=BigInteger)
    share_mask: int = Field(sa_type=BigInteger)
    plan_mask: int = Field(sa_type=BigInteger)
    live_until: datetime | None = Instant(default=None)
