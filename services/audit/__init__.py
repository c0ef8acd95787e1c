"""audit: the change log of every company, for its people and its firm.

Owns `audit_event`. No action writes here: database triggers do, in the transaction of the change
(infra/migrations/sql/change_log.sql), so an act that fails leaves no line and no code path can forget one.
`tests/house/test_change_log.py` names every table without such a trigger, with the reason.

What is told: grants to firms (granted, widened, narrowed, ended, until when), collaborations, who of the firm works on
the client, memberships, access of portal contacts, passwords replaced and doors locked, apps; locks with exceptions and
reasons, years opened, closed and reopened; steps of documents, entries posted and reversed; settings column by column;
bank accounts and merges of contacts; imports; tax returns and boxes that were typed.

Invariants
- A line is never changed and never deleted, by nobody: the application role may only read, and a trigger refuses the
  owner of the database too.
- A line is seen by who may see the log AND the module that it is about (`scope`): the firm without banking reads
  nothing about bank accounts. Bookkeepers, employees and portal contacts see only what they did themselves.
- Names and roles are those of the moment; whole account numbers, passwords and secrets never stand in a line.
"""
