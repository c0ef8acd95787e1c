"""The choice between the two kinds of store."""

from pathlib import Path

from services.kit.storage.local import LocalStore
from services.kit.storage.s3 import S3Place, S3Store
from services.kit.storage.store import Store


def open_store(folder: Path, s3: S3Place | None = None) -> Store:
    """This will open the S3 bucket if one is named, else the local folder (made at the first object).

    Open one store per process: the S3 client takes a while to make and is safe to share between threads.
    """
    return LocalStore(folder) if s3 is None else S3Store(s3)
