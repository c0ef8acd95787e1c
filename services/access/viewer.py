"""Who asks: one membership of a signed-in person, or one API token."""

from dataclasses import dataclass
from uuid import UUID

from services.access.policy import Role


@dataclass(frozen=True, slots=True)
class Viewer:
    """The asking side of a request. `id` is the membership or token; `surface` is firm, portal or partner."""

    id: UUID
    role: Role
    person_id: UUID
    company_id: UUID
    contact_id: UUID | None
    surface: str
    name: str
    locale: str
    time_zone: str
