"""Where the figures of reports come from."""

from services.accounts.interface import company_table
from services.kit.reads import Source

REPORTS = Source(company_table(), company="id")
"""The books of one company; a portal contact sees none."""
