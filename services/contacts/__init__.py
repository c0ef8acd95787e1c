"""contacts: the contact book of every company.

Owns: contacts (customers, suppliers, both), their ten identity fields, and the link to the company behind one.

Invariants
- A contact belongs to one company and is never shared; the same business in two books is two contacts.
- A tax identifier that is given is valid for its type.
Refused: a contact without a name, a tax identifier that fails its check digit (with the reason).
"""
