"""portal: what a company's contacts see of it, and what it learns of their reading.

Owns: branding, document views (opened, downloaded), messages on documents. Portal access itself is a membership and
belongs to access; documents, lines and contacts belong to their modules and are shown here by their rules.

Invariants
- A portal contact sees documents made out to itself only, never a draft or an archived one; invoices and proformas
  only once they were sent (product.md 6.4). Every figure of the home page counts exactly these documents.
- A document is read when the contact's first download is finished (`readAt`, kept at that instant) and opened when its
  preview is first shown (`openedAt`). Nobody of the firm or company ever marks either.
- A comment is seen by both sides and mailed to the other one once.
Refused: comments on what the author cannot see, access for a contact without an e-mail, a slug that is taken or kept.
"""
