"""Files made of lists and documents: Excel, CSV, PDF, and archives of PDFs.

Owned: the tables `export` and `export_reach`, and the store of finished files.

- A file holds exactly the rows that its viewer's list shows with the same filters, all pages of it, from one snapshot.
- It belongs to who asked for it and to nobody else, whatever the other may see.
- What it needs is asked three times: when it is asked for, when it runs, and each time it is fetched. A file is hidden
  as soon as one company in it no longer grants what it granted when the file was made.
- The same request key makes one file. A cancelled one stops at its next page and leaves nothing.
- Amounts are added up per currency, never across.
- Seven days after it was made a file is deleted with its row.

Refused: lists that no module declared, arguments that a list does not take, too many rows, too many files at a time.
"""
