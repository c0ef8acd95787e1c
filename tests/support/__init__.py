"""What tests are built from: a database of their own, offices, builders, servers."""
