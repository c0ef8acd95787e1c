"""Entries that every small company makes, as functions of a few figures (posting rules 15, 18, 20 to 24 and 28).

parameters   what an assistant asks for, and how the given texts become values
year_end     tax on profit, stocks, accruals, reclassified loans, doubtful customers, distribution of the result,
             a sole trader's result and drawings to capital
running      payroll, depreciation, bank fee and interest, settling VAT, paying the models
registry     all of them by name

Every function gives lines that balance; what is zero has no line. Nothing here is posted: people see a draft first.
"""
