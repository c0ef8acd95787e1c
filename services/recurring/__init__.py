"""recurring: invoices that come again, from a template and a timetable.

Owns: templates with their lines, and one run for every date on which a template made an invoice or was refused.

Invariants
- One run per template and date: a job that runs twice, or two workers at once, make one invoice and one mail.
- Dates are computed from the first one, never from the last run: the 31st is the last day of every month, for ever.
- Dates missed while nothing ran are made up one by one, in order; dates passed while a template was paused are not.
- A template acts as the person who wrote it last, with what that person may do on the day.
- A new template attaches the PDF; then nobody learns whether it was read. Without it the mail holds a link only.
Refused: a template without lines, an end before its start, making invoices final without the right to approve them.
"""
