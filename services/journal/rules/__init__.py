"""What the journal decides without a database: pure functions on frozen values, no clock, no settings."""
