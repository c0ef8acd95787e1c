"""Writes of commercial documents, one file per act: creating, approving, handing out, settling, filing."""
