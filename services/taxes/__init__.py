"""Taxes: VAT books, computed drafts of the returns, what was frozen, approved and filed.

Owns `tax_profile` (how a company is taxed), `tax_return` (what was prepared and filed) and `tax_box_entry` (boxes that
a person types because no document says them).

Always true: a box comes from tax codes on posted documents, never from names or numbers of accounts (130 alone reads
the profit and loss accounts, as its law says); every box equals the sum of the lines it opens; a prepared return keeps
its boxes and shows a difference when documents change later; a filed one keeps its receipt and locks its period.

Refused: regimes and territories whose rules are not here (see `rules/profile.py`), rather than guessed. A supplier's
invoice of a filed quarter (PeriodLocked): purchases have no day of registration, so that it is not yet deducted in the
quarter in which it came (LIVA art. 99.Tres); an exception of the tax lock lets it in, and a correction declares it.
"""
