"""Readers of bank statement files: bytes in, frozen statements out. Pure: no database, no settings, no clock.

norma43         AEB Norma 43 (booklet 43, June 2012), the file every Spanish bank sends
norma43_lines   bytes to numbered records: character set, line breaks, records glued together
norma43_fields  one record to values: amounts, days, the IBAN, check digits
norma43_writer  the same format written, for the demo firm and for tests
refusals        why a file is not read at all
"""
