"""What other modules and the gateway may use of uploads. Whoever takes one checks its own scope in the company."""

from services.uploads.actions import UploadRecord, check_upload, record_upload, take_upload

__all__ = ["UploadRecord", "check_upload", "record_upload", "take_upload"]
