"""Where the fields of the journal come from."""
