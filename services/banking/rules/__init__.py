"""What banking decides without a database: pure functions on frozen values, no clock, no settings.

statements    a bank statement as any file format gives it, and the warnings that travel with it
controls      opening + credits - debits = closing, counts, continuity with the statement before
fingerprints  what makes two files, two statements or two lines the same
candidates    documents that could settle a line, and the reasons
matching      which open items could settle a bank line, how sure that is and why
signals       what a line says about an item: number, payment id, IBAN, tax id, name
item_index    open items arranged so that matching looks them up instead of trying them all
subsets       which open items add up to an amount exactly
targets       may this line be reconciled with these documents
differences   what closes a document that the line pays not quite

Invariants: a signed amount is positive when money comes in; an amount that is settled or outstanding has no
sign and is positive; amounts are exact decimals with two places; equal input gives equal output in equal
order.
"""
