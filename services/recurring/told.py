"""Refusals that are kept: written as JSON when they happen, said in the reader's language when they are read."""

import json
from collections.abc import Callable
from dataclasses import dataclass

from services.kit.errors import Refused


@dataclass(frozen=True, slots=True)
class Told:
    """A refusal as a person reads it: its stable code, and a sentence in their language."""

    code: str
    message: str


def kept_refusal(refused: Refused) -> str:
    """This will write a refusal down."""
    return json.dumps(
        {
            "code": refused.code,
            "sentence": refused.sentence,
            "values": {name: str(value) for name, value in refused.values.items()},
            "words": sorted(refused.words),
        },
        ensure_ascii=False,
    )


def told(kept: str | None, translate: Callable[[str], str]) -> Told | None:
    """This will say a refusal that was written down; None for none."""
    if kept is None:
        return None
    read = json.loads(kept)
    values = {
        name: translate(value) if name in read["words"] else value for name, value in read["values"].items()
    }
    return Told(read["code"], translate(read["sentence"]).format(**values))
