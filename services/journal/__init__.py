"""journal: chart of accounts, journal entries, posting, period locks.

Owns: ledger accounts, fiscal years, period locks with exceptions and log, entries and their lines, number counters,
marks of review, comments and papers beside entries, templates.

Invariants
- A posted entry balances to the cent and has two lines or more; it is never edited or deleted, only reversed, once.
- Numbers are given at posting, from 1 without a gap in each fiscal year of a company; drafts have none.
- The posted entries of a company are one chain of hashes in the order of posting; verification names the first entry
  that was altered.
- Only leaves of the chart take entries; a third party's account carries the contact's name.
- The day of an entry lies in an open fiscal year after every lock that holds for the viewer: managers pass the soft
  lock, an exception lets through the soft or the tax lock until it expires, nothing lets through the hard lock.
- Moves of locks and exceptions are logged; the log is only added to. The hard lock moves back only with the reopening
  of the last closed year.
Refused: one cent of difference, a locked day, an account that does not exist or has sub-accounts, a second reversal.
The same invariants stand in `rules` (pure) and in the database (`ledger.sql`, `closings.sql` in infra/migrations/sql).
"""
