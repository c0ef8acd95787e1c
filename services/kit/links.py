"""Signed links that expire: a token says who may fetch what until when, without a row behind it.

A token is `claims.mac`, both base64url without padding. The MAC is HMAC-SHA256 under a key derived from
the installation's secret and the purpose, so a token signed for one purpose never opens another. Claims are
signed, not hidden: put ids in them, never names or amounts. A token cannot be taken back before it expires,
so whoever serves it checks the viewer's access again when the link is used.
"""

import base64
import binascii
import hashlib
import hmac
import json
from datetime import UTC, datetime

from services.kit.errors import Refused

SECRET_BYTES_MIN = 16
"""A shorter secret can be found by trying; it is refused at the first link, not after the first leak."""

TOKEN_LENGTH_MAX = 2048
"""Longest token accepted, in characters; what a link in an address bar or a mail survives everywhere."""


class LinkExpired(Refused):
    """The link was genuine and its time is over; asking for a new one helps."""

    code = "LINK_EXPIRED"
    sentence = "This link is no longer valid. Please ask for a new one."

    def __init__(self, expired_at: datetime) -> None:
        """This will remember since when, in UTC."""
        super().__init__(expired_at=expired_at)
        self.expired_at = expired_at


class LinkForged(Refused):
    """The token was not signed by this installation for this purpose, or was changed on its way."""

    code = "LINK_FORGED"
    sentence = "This link is not valid."


class SecretTooShort(ValueError):
    """The installation's secret has fewer than `SECRET_BYTES_MIN` bytes."""


def sign(secret: str, purpose: str, claims: dict[str, str], expires_at: datetime) -> str:
    """This will make a token for `claims` that `verify` accepts for the same purpose before `expires_at`.

    `expires_at` is an aware instant and is cut to whole seconds. Raises SecretTooShort, and ValueError for a
    naive instant or claims that do not fit into `TOKEN_LENGTH_MAX`.
    """
    if expires_at.tzinfo is None:
        message = "expires_at needs a time zone"
        raise ValueError(message)
    content = {"claims": claims, "expires": int(expires_at.timestamp())}
    # Names of files stay as they are: escaped, a long one in another script would not fit.
    body = _encoded(json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode())
    token = f"{body}.{_mac(secret, purpose, body)}"
    if len(token) > TOKEN_LENGTH_MAX:
        message = f"the claims make a token of {len(token)} characters, {TOKEN_LENGTH_MAX} are allowed"
        raise ValueError(message)
    return token


def verify(secret: str, purpose: str, token: str, now: datetime) -> dict[str, str]:
    """This will give back the claims of a genuine token.

    The end is exclusive: at `expires_at` the link is over. The MAC is compared in constant time and before
    anything in the token is read. Raises LinkForged, LinkExpired, SecretTooShort.
    """
    if len(token) > TOKEN_LENGTH_MAX or not token.isascii():
        raise LinkForged
    body, _, mac = token.partition(".")
    if not hmac.compare_digest(mac, _mac(secret, purpose, body)):
        raise LinkForged
    try:
        content = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
        claims: dict[str, str] = content["claims"]
        expires_at = datetime.fromtimestamp(content["expires"], UTC)
    except (binascii.Error, ValueError, KeyError, TypeError) as error:
        raise LinkForged from error
    if now >= expires_at:
        raise LinkExpired(expires_at)
    return claims


def _mac(secret: str, purpose: str, body: str) -> str:
    key = secret.encode()
    if len(key) < SECRET_BYTES_MIN:
        message = f"the secret has {len(key)} bytes, at least {SECRET_BYTES_MIN} are needed"
        raise SecretTooShort(message)
    purpose_key = hmac.digest(key, b"signed link\0" + purpose.encode(), hashlib.sha256)
    return _encoded(hmac.digest(purpose_key, body.encode(), hashlib.sha256))


def _encoded(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()
