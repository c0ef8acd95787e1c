"""A link in a mail that opens something by itself: signed when the mail is sent, so the queue never holds it."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from services.kit.ids import new_id
from services.kit.links import sign


@dataclass(frozen=True, slots=True)
class LaterLink:
    """What will be signed. `mark` stands for it in the text of the mail; `address` ends where the token begins."""

    mark: str
    address: str
    purpose: str
    claims: dict[str, str]
    expires_at: datetime

    @classmethod
    def to(cls, address: str, purpose: str, claims: dict[str, str], expires_at: datetime) -> Self:
        """A link with a mark that occurs nowhere else."""
        return cls(f"[link {new_id()}]", address, purpose, claims, expires_at)

    def kept(self) -> str:
        """The link as a job keeps it."""
        return json.dumps(
            {
                "mark": self.mark,
                "address": self.address,
                "purpose": self.purpose,
                "claims": self.claims,
                "expires_at": self.expires_at.isoformat(),
            }
        )

    @classmethod
    def found(cls, kept: str) -> Self:
        """The link that `kept` wrote."""
        values = json.loads(kept)
        return cls(**values | {"expires_at": datetime.fromisoformat(values["expires_at"])})

    def written(self, text: str, secret: str) -> str:
        """This will give a text of the mail with the signed link in the place of its mark."""
        return text.replace(
            self.mark, self.address + sign(secret, self.purpose, self.claims, self.expires_at)
        )
