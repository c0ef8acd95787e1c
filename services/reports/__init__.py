"""reports: what posted entries add up to. It owns no table and writes nothing.

Every figure is read from the journal at the moment of asking, in one statement, and carries what leads to the lines
behind it: the code (or the beginning) of an account and the period.

Invariants
- The totals of every pair of a trial balance are equal, and each sub-total is the sum of the leaves below it.
- The last balance of a ledger card is the closing balance of its row in the trial balance.
- Assets equal equity and liabilities on every date, before and after the year is regularised or closed.
- The result of the profit and loss is line VII of the balance sheet where 129 carries nothing else.
- An account with a balance that belongs to no line is named with its amount; nothing is dropped.

Which entries count (domain.md 2.2): a closing entry and the opening entry that mirrors it leave every report, so that a
closed year still shows its books; a regularisation leaves profit and loss and the columns of movements. The first
opening entry of a company that came with balances mirrors nothing: it is the opening balance. A reversal goes the way
of what it reverses. `includeClosings` shows the ledger as it stands, every entry by its date.

REPORTS VIEW shows figures and ledger cards with their lines (product.md 2.3); the journal book and an entry itself need
JOURNAL VIEW, a document its own scope.
"""
