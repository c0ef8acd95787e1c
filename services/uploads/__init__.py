"""uploads: files that reached the store and wait for the act that uses them.

Owns: uploads (an inbox paper, a bank statement, a list of contacts, a logo), and what each purpose needs to be sent.

Invariants
- Whether somebody may upload for a purpose is decided before the content is read.
- An upload is taken only by who sent it, for the purpose it was sent for; it can be taken again, because the act
  that uses it has a request key.
- One company takes in a bounded number of files and bytes within 24 hours.
Refused: a purpose that is not known, and one whose scope the viewer may not edit in the company.
"""
