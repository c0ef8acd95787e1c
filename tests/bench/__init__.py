"""Measurements as ratios within one run: the product beside a hand-written server that returns the same JSON.

    python -m tests.bench                  200 clients, 200,000 documents, three alternating rounds
    python -m tests.bench --scale 0.05     a quick look

The limit (`limit.py`) is Starlette and asyncpg with one hand-written statement per operation, which checks the same
grants; it knows its viewer from a header and has no row-level security. Both servers run one worker on the same
database; equal answers are checked before anything is timed.
"""
