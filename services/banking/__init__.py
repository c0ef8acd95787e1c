"""banking: what the bank says, and how it becomes part of the books.

Owns: bank accounts and payment gateways (each mirrored by one ledger account of group 572), bank statements, bank
lines, reconciliations.

Invariants
- A bank line is kept once: a file, a statement or a line that comes again adds nothing, and two real movements that
  look alike stay two.
- A statement is offered as the bank sent it; a control that fails is a warning with both numbers, never a repair.
- A reconciliation posts one balanced entry and settles its documents in the same transaction; a line is never
  settled above its amount, a document never above what is outstanding.
- What goes against a line (a credit note taken off, a fee) is settled in its entry; money given back opens what it had
  paid; another currency leaves its difference on 668 or 768. Nothing else moves a cent.
- What a line pays not quite is closed in the same entry: cents (659, 759) up to a limit, a fee, a discount.
- A line set aside has a reason and a person, and posts nothing.
- Undoing takes back one reconciliation and nothing else: the entry is reversed, never changed.
- A proposal changes nothing: only a person reconciles.

Refused: a file that cannot be trusted as a whole, an account the company does not have, targets of the wrong way,
currency or amount, a line that is done, a day in a locked period.
"""
