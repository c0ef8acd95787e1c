"""What other modules and the gateway may use of uploads. Whoever takes one checks its own scope in the company."""

from services.uploads.actions import (
    UploadQuotaReached,
    UploadRecord,
    check_upload,
    record_upload,
    take_upload,
)

__all__ = ["UploadQuotaReached", "UploadRecord", "check_upload", "record_upload", "take_upload"]
