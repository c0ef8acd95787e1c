"""What the contact book decides without a database: pure functions on frozen values, no clock, no settings.

identifiers  whether a tax identifier or an IBAN can be true, and why not
terms        when what is agreed falls due: days, end of month, fixed pay days, instalments
names        what makes two names the same business: accents, case, legal form, word order, a slip of the hand
cards        what a card may hold, and what a merged one takes over from the other
columns      which column of a list is which, by its header in four languages
rows         rows of a list as cards: what a cell means, and everything that is wrong with a row

Invariants: equal input gives equal output in equal order; amounts are exact; nothing is guessed silently.
"""
