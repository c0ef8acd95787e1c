"""Writes of the journal, one file per act: opening the books, drafting, posting, reversing, reviewing, verifying."""
