"""Files that hold a journal: texts for other people's ledger programs, and tables that people bring along."""
