"""The key a caller chooses for an act, so that sending it twice does it once."""

from services.kit.errors import BadInput

LENGTH_MAX = 200
"""Far more than any identifier needs; above about 2,700 bytes no index could hold it."""


def checked_request_key(key: str | None, field: str = "requestKey") -> str | None:
    """This will give the key as it is, or None where the caller chose none.

    `field` is where it stands in the input. Raises BadInput for one that is empty, too long, or holds what no text
    column can.
    """
    if key is not None and (not 1 <= len(key) <= LENGTH_MAX or "\x00" in key):
        raise BadInput(field, "give a key of 1 to {most} signs", most=LENGTH_MAX)
    return key
