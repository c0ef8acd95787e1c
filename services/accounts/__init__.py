"""accounts: firms and the client accounts they work on.

Owns: companies (firms and clients), collaborations, assignments of staff to clients, the client page: its managers,
the state of the business and the counters of pending work. Other modules add their counters to `PendingWork`.

Invariants
- A client is seen by a firm only through an active collaboration; account managers and bookkeepers only when assigned.
- Only people with the role of account manager are assigned as managers.
- Every counter equals the total of the list it links to.
"""
