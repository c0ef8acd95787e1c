"""Models 111, 115 and 130 as they are printed."""

from services.taxes.rules.layouts.form import section

FORM_111 = (
    section(
        "Work",
        ("In money: people, paid, withheld", "01 02 03"),
        ("In kind: people, value, on account", "04 05 06"),
    ),
    section(
        "Economic activities",
        ("In money: people, paid, withheld", "07 08 09"),
        ("In kind: people, value, on account", "10 11 12"),
    ),
    section(
        "Prizes",
        ("In money: people, paid, withheld", "13 14 15"),
        ("In kind: people, value, on account", "16 17 18"),
    ),
    section(
        "Forestry gains",
        ("In money: people, paid, withheld", "19 20 21"),
        ("In kind: people, value, on account", "22 23 24"),
    ),
    section("Image rights", ("In money or kind: people, paid, on account", "25 26 27")),
    section(
        "Settlement",
        ("Sum of withholdings and payments on account", "28"),
        ("Result of earlier returns of the period", "29"),
        ("Result to pay", "30"),
    ),
)

FORM_115 = (
    section(
        "Settlement",
        ("People", "01"),
        ("Base of the withholdings", "02"),
        ("Withholdings and payments on account", "03"),
        ("Result of earlier returns of the period", "04"),
        ("Result to pay", "05"),
    ),
)

FORM_130 = (
    section(
        "Activities by direct estimation",
        ("Income of the year so far", "01"),
        ("Deductible expenses of the year so far", "02"),
        ("Net yield", "03"),
        ("20 % of the net yield, if positive", "04"),
        ("Earlier instalments of the year", "05"),
        ("Withholdings borne in the year so far", "06"),
        ("Instalment before deductions", "07"),
    ),
    section(
        "Farming, fishing and forestry",
        ("Income of the quarter", "08"),
        ("2 % of it", "09"),
        ("Withholdings borne in the quarter", "10"),
        ("Instalment", "11"),
    ),
    section(
        "Settlement",
        ("Sum of instalments", "12"),
        ("Allowance for low income", "13"),
        ("Difference", "14"),
        ("Negative results of earlier quarters", "15"),
        ("Deduction for loans on the own home", "16"),
        ("Total", "17"),
        ("Result of earlier returns of the period", "18"),
        ("Result", "19"),
    ),
)
