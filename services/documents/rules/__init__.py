"""What a commercial document must be, without a database: totals, states, numbers, journal lines."""
