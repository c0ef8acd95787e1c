"""einvoices: issued invoices as structured files: Facturae 3.2.2, UBL 2.1 and Factur-X (EN 16931).

Owns: no table. A file is written from the rows of an issued sales invoice each time it is asked for; the rows cannot
change any more, so neither can the file.

Invariants
- A file is seen by whoever sees the invoice's PDF.
- Net = sum of lines, tax per category = what the invoice says, gross = net + tax, payable = gross - what is withheld.
- A credit note is negative in Facturae and a positive one of type 381 in UBL and Factur-X.
Refused: drafts and other papers; addresses without what a format wants; what EN 16931 has no words for (equivalence
surcharge, operations not subject beside others). Facturae files are not signed: who hands them to FACe signs them.
"""
