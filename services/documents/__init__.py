"""documents: commercial documents of every company, from estimates to invoices and from orders to expenses.

Owns: documents with lines and VAT per tax code, their series and numbers, instalments, the links between them,
settlements, attachments and printed PDFs, a company's settings of documents and its exchange rates.

Invariants
- Amounts are the sums of the lines, VAT per tax code on the sum of bases; a supplier's printed VAT is kept within a
  cent a line. A code holds on the day the tax falls due; what rectifies a document uses the day of that one.
- An outlay in the customer's name is part of the total and of no base: no VAT row, no withholding, no turnover, an
  account of groups 4 or 5 that is none of taxes. No document has outlays alone.
- Amounts have the sign of the lines. Only invoices and purchases may be negative; a negative sales invoice names the
  one it rectifies and why, and stands in a series of its own. Its totals are the difference that it makes, however it
  was written (I or S), so books and returns add it up like any other.
- Sales documents and purchase orders get their number when they are approved, from a locked counter, without gaps and
  in the order of their dates; what a supplier sent keeps the supplier's number.
- An approved invoice, purchase or expense has one balanced entry in the journal and keeps what it says.
- `outstanding` is the total less the settlements that are not undone; it has the total's sign and never passes zero. A
  credit note is paid back, or set off against an invoice of the same contact, side and currency.
- A document in another currency is posted at its own rate; what is paid more or less goes to 668 or 768.
- Of a line never more goes into later documents than there is; what is cancelled or deleted gives it back.
- A sales invoice that was issued never goes back to review; a purchase may while nothing of it is paid.
- A contact sees documents made out to it that are no drafts and not archived; invoices and proformas once sent.
Refused: approving twice, dates before the previous number's, parties without what the law wants on an invoice,
settling beyond what is open. The rules without a database stand in `rules/`.
"""
