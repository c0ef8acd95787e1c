"""Registered operations: what the own apps and mobile clients may ask, by hash.

Manifests (Apollo's persisted-query-manifest, format version 1) are written by the web builds and laid in a folder for
mobile releases; several are accepted at once, since old app versions live for years.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

MANIFEST_FORMAT = "apollo-persisted-query-manifest"
_KEYS = ("id", "name", "body")


class ManifestRefused(Exception):
    """A manifest is not one, or an id is not the hash of its operation: the server does not start with it."""


@dataclass(frozen=True, slots=True)
class Registered:
    """One operation that may be asked by its hash."""

    hash: str
    body: str
    name: str


def operation_hash(body: str) -> str:
    """The SHA-256 of a document, in hex: its id in manifests and on the wire."""
    return hashlib.sha256(body.encode()).hexdigest()


class Operations:
    """All registered operations by hash."""

    def __init__(self, manifests: Iterable[Path] = ()) -> None:
        self._by_hash: dict[str, Registered] = {}
        for path in manifests:
            try:
                manifest = orjson.loads(path.read_bytes())
            except orjson.JSONDecodeError as error:
                raise ManifestRefused(f"{path.name} is no JSON") from error
            self.register(manifest, path.name)

    def register(self, manifest: Any, origin: str) -> None:
        """This will add the operations of one manifest. Raises ManifestRefused naming what is wrong."""
        if (
            not isinstance(manifest, dict)
            or manifest.get("format") != MANIFEST_FORMAT
            or manifest.get("version") != 1
        ):
            raise ManifestRefused(f"{origin} is no {MANIFEST_FORMAT} of version 1")
        for item in manifest.get("operations", ()):
            known = isinstance(item, dict) and all(isinstance(item.get(key), str) for key in _KEYS)
            if not known:
                raise ManifestRefused(f"{origin}: an operation lacks one of {', '.join(_KEYS)}")
            body, given = item["body"], item["id"]
            if operation_hash(body) != given:
                raise ManifestRefused(f"{origin}: the id of {item['name']} is not the SHA-256 of its body")
            self._by_hash[given] = Registered(given, body, item["name"])

    def get(self, hashed: str) -> Registered | None:
        """The operation of a hash (64 hex digits), or None if it was never registered."""
        return self._by_hash.get(hashed)

    def all(self) -> list[Registered]:
        """Every operation, by name: for the tests that run each of them as every role."""
        return sorted(self._by_hash.values(), key=lambda item: (item.name, item.hash))
