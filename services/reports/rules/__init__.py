"""What reports mean, as data and without a database: the lines of the statements, the ratios, the names of headings."""
