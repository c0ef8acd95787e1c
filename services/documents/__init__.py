"""documents: commercial documents of every company, from estimates to invoices and from orders to expenses.

Owns: documents with lines and VAT per rate, their numbers, settlements, attachments and printed PDFs.

Invariants
- Amounts are the sums of the lines, VAT per rate on the sum of bases; a total is never negative.
- Sales documents and purchase orders get their number when they are approved, from a locked counter, without gaps and
  in the order of their dates; what a supplier sent keeps the supplier's number.
- An approved invoice, purchase or expense has one balanced entry in the journal and keeps what it says.
- `outstanding` is the total less the settlements that are not undone, never below zero.
- A contact sees documents made out to it that are no drafts and not archived; invoices and proformas once sent.
Refused: approving twice, dates before the previous number's, parties without what the law wants on an invoice,
settling beyond what is open. The rules without a database stand in `rules/`.
"""
