"""verifactu: the record that Spanish law wants of every issued invoice (RD 1007/2023, order HAC/1177/2024).

Owns: invoice records and one chain of them per company. A record is made when an invoice is issued (alta) and when one
is cancelled (anulación); each carries the SHA-256 of itself and of the record before it.

Invariants
- One chain per company: positions without a gap, each record naming the hash of the one before; never a fork.
- Records are only ever added: the database refuses to change or delete one.
- The text of an amount in the hash is its text in the XML.
Refused: issuers in the Basque Country and Navarre, whose own systems (TicketBAI and its kin) are not made here.
Sending records to the tax agency is not part: records, hashes and QR codes are those of the mode that keeps them. That
mode also wants each record signed and a log of events, which are not made here: `declaration.py` says so.
"""
