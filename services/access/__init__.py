"""access: who may see and do what.

Owns people, credentials, sign-in sessions, memberships, grants and API tokens; the policy table (role x scope x
action), the guard on every field, the rule by which a viewer reaches the rows of a
company, and what a member keeps for itself: preferences and saved views.

Words: a *person* is one login; a *membership* is that person in one role at one company (a firm, a client company,
or as the portal contact of a publisher); a *grant* lets a firm into one company's modules; a *viewer* is who asks:
one membership, or one API token. *Reach* is what a viewer may do in which company: derived from all of the above by
database triggers in the transaction of the change, so no code path can forget it and a revocation is seen by the
next statement.

Invariants
- Deny by default: a field without a guard stops the start; a viewer without a reach row sees no row.
- Effective permission = role ceiling AND assignment AND grant AND subscription plan AND grant state AND row state.
- A foreign id answers exactly as an id that never existed.
- The database believes who asks only with a seal (decision 0009). Logins belong to no company: whoever touches one
  names it, and a colleague is seen by name alone.
- Secrets are stored hashed only: argon2id for passwords, SHA-256 for session and API tokens of 256 random bits.
- Unknown, locked and expired accounts get the same answer after the same work.
"""
