"""Technical words only: what two or more modules need and no module owns.

No accounting noun lives here except money and period. A file enters when the second module needs it.
"""
