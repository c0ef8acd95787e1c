"""The history of the database, oldest first, one line; `run.py` brings a database to its head."""
