"""Where the fields of taxes come from: one row per company and period, with what a return is computed from."""
