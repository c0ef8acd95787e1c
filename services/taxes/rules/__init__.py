"""What goes into which box and when a return is due: pure, from frozen sums of taxed lines.

Box numbers are those of the Spanish tax agency (AEAT): 303 in the record layout valid since October 2024, 390 since the
year 2023, 111, 115, 130, 347 and 349 as filed since 2023.
"""
