"""What the gateway may use of the portal."""

from services.portal.actions import record_downloaded

__all__ = ["record_downloaded"]
