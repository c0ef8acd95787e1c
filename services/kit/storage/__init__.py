"""Objects (scans, PDFs, attachments), each kept once under the SHA-256 of its content and never changed.

A store knows no owner and no name: who may see an object is the matter of the row that names its hash, and
the file name is given when a link is made. Nothing is deleted: the same content may belong to several
companies, and posted documents must be kept for years. The one exception is a store of passing things (exports),
opened on a place of its own: there `remove` is used by who knows every row that names a hash.
"""

from services.kit.storage.local import LocalStore
from services.kit.storage.media_types import INLINE_MEDIA_TYPES, content_disposition, media_type_of
from services.kit.storage.opening import open_store
from services.kit.storage.s3 import S3Place, S3Store
from services.kit.storage.store import (
    FILE_BYTES_MAX,
    OBJECT_BYTES_MAX,
    ObjectDamaged,
    ObjectMissing,
    ObjectTooLarge,
    Store,
    StoredObject,
    StoreError,
    StoreUnavailable,
)

__all__ = [
    "FILE_BYTES_MAX",
    "INLINE_MEDIA_TYPES",
    "OBJECT_BYTES_MAX",
    "LocalStore",
    "ObjectDamaged",
    "ObjectMissing",
    "ObjectTooLarge",
    "S3Place",
    "S3Store",
    "Store",
    "StoreError",
    "StoreUnavailable",
    "StoredObject",
    "content_disposition",
    "media_type_of",
    "open_store",
]
