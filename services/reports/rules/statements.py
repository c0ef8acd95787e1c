"""The lines of the balance sheet and of the profit and loss, and which accounts belong to each.

Abridged models of the general chart for small companies (RD 1515/2007, part three); the mapping is that of the
official notes to each line. A line without accounts of its own adds up the lines that name it as parent.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from services.kit.money import ZERO
from services.reports.rules.prefixes import ANY, CREDIT, DEBIT, Prefix, prefixes


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One line. `number` as the law prints it; `parents` are the totals it enters; `level` 0 is the outermost.

    `is_credit`: the amount shown is credit less debit, so that what one owns, owes and earns is positive.
    """

    key: str
    number: str
    name: str
    level: int
    parents: tuple[str, ...]
    codes: str = ""
    is_credit: bool = False


def _asset(key: str, number: str, name: str, parents: str, codes: str = "") -> StatementLine:
    """A line of the assets; the balance sheet nests, so a line stands as deep as it has totals above it."""
    above = tuple(parents.split())
    return StatementLine(key, number, name, len(above), above, codes)


def _owed(key: str, number: str, name: str, parents: str, codes: str = "") -> StatementLine:
    """A line of equity and liabilities."""
    above = tuple(parents.split())
    return StatementLine(key, number, name, len(above), above, codes, is_credit=True)


def _earned(key: str, number: str, name: str, parents: str, codes: str = "") -> StatementLine:
    """A line of the profit and loss: results stand outside, what makes them one step in."""
    return StatementLine(key, number, name, 1 if codes else 0, tuple(parents.split()), codes, is_credit=True)


_NCA, _CA = "NON_CURRENT_ASSETS ASSETS", "CURRENT_ASSETS ASSETS"
_DEB = f"DEBTORS {_CA}"
_EL = "EQUITY_AND_LIABILITIES"
_OWN = f"OWN_FUNDS EQUITY {_EL}"
_NL, _CL = f"NON_CURRENT_LIABILITIES {_EL}", f"CURRENT_LIABILITIES {_EL}"

BALANCE_SHEET: tuple[StatementLine, ...] = (
    _asset("ASSETS", "", "Total activo", ""),
    _asset("NON_CURRENT_ASSETS", "A)", "Activo no corriente", "ASSETS"),
    _asset("INTANGIBLE", "I.", "Inmovilizado intangible", _NCA, "20 280 290"),
    _asset("TANGIBLE", "II.", "Inmovilizado material", _NCA, "21 23 281 291"),
    _asset("INVESTMENT_PROPERTY", "III.", "Inversiones inmobiliarias", _NCA, "22 282 292"),
    _asset(
        "GROUP_INVESTMENTS_LONG",
        "IV.",
        "Inversiones en empresas del grupo y asociadas a largo plazo",
        _NCA,
        "2403-4 2413-4 2423-4 2493-4 2933-4 2943-4 2953-4",
    ),
    _asset(
        "FINANCIAL_INVESTMENTS_LONG",
        "V.",
        "Inversiones financieras a largo plazo",
        _NCA,
        "2405 2415 2425 2495 250-255 257 258 259 26 2935 2945 2955 296 297 298",
    ),
    _asset("DEFERRED_TAX_ASSETS", "VI.", "Activos por impuesto diferido", _NCA, "474"),
    _asset("CURRENT_ASSETS", "B)", "Activo corriente", "ASSETS"),
    _asset("STOCKS", "II.", "Existencias", _CA, "30-36 39 407"),
    _asset("DEBTORS", "III.", "Deudores comerciales y otras cuentas a cobrar", _CA),
    _asset("CUSTOMERS", "1.", "Clientes por ventas y prestaciones de servicios", _DEB, "430-437 490 493"),
    _asset("CALLED_UP_CAPITAL", "2.", "Accionistas (socios) por desembolsos exigidos", _DEB, "5580"),
    _asset("OTHER_DEBTORS", "3.", "Otros deudores", _DEB, "44 460 470 471 472 473 544"),
    _asset(
        "GROUP_INVESTMENTS_SHORT",
        "IV.",
        "Inversiones en empresas del grupo y asociadas a corto plazo",
        _CA,
        "53x3 53x4 5933-4 5943-4 5953-4 D:5523 D:5524",
    ),
    _asset(
        "FINANCIAL_INVESTMENTS_SHORT",
        "V.",
        "Inversiones financieras a corto plazo",
        _CA,
        "53x5 540-543 545-549 5590 565 566 5945 5955 597 598 D:551 D:5525 D:550 D:554",
    ),
    _asset("PREPAID", "VI.", "Periodificaciones a corto plazo", _CA, "480 567"),
    _asset("CASH", "VII.", "Efectivo y otros activos líquidos equivalentes", _CA, "57"),
    _owed(_EL, "", "Total patrimonio neto y pasivo", ""),
    _owed("EQUITY", "A)", "Patrimonio neto", _EL),
    _owed("OWN_FUNDS", "A-1)", "Fondos propios", f"EQUITY {_EL}"),
    _owed("CAPITAL", "I.", "Capital", _OWN, "100 101 102 1030 1040"),
    _owed("SHARE_PREMIUM", "II.", "Prima de emisión", _OWN, "110"),
    _owed("RESERVES", "III.", "Reservas", _OWN, "112 113 114 115 119"),
    _owed("OWN_SHARES", "IV.", "(Acciones y participaciones en patrimonio propias)", _OWN, "108 109"),
    _owed("EARLIER_YEARS", "V.", "Resultados de ejercicios anteriores", _OWN, "120 121"),
    _owed("OWNERS_CONTRIBUTIONS", "VI.", "Otras aportaciones de socios", _OWN, "118"),
    _owed("RESULT", "VII.", "Resultado del ejercicio", _OWN, "129 6 7"),
    _owed("INTERIM_DIVIDEND", "VIII.", "(Dividendo a cuenta)", _OWN, "557"),
    _owed("OTHER_EQUITY", "IX.", "Otros instrumentos de patrimonio neto", _OWN, "111"),
    _owed("VALUE_ADJUSTMENTS", "A-2)", "Ajustes por cambios de valor", f"EQUITY {_EL}", "133 1340 137"),
    _owed("GRANTS", "A-3)", "Subvenciones, donaciones y legados recibidos", f"EQUITY {_EL}", "130 131 132"),
    _owed("NON_CURRENT_LIABILITIES", "B)", "Pasivo no corriente", _EL),
    _owed("PROVISIONS_LONG", "I.", "Provisiones a largo plazo", _NL, "14"),
    _owed("DEBTS_LONG", "II.", "Deudas a largo plazo", _NL),
    _owed("BANK_DEBTS_LONG", "1.", "Deudas con entidades de crédito", f"DEBTS_LONG {_NL}", "1605 170"),
    _owed("LEASING_LONG", "2.", "Acreedores por arrendamiento financiero", f"DEBTS_LONG {_NL}", "1625 174"),
    _owed(
        "OTHER_DEBTS_LONG",
        "3.",
        "Otras deudas a largo plazo",
        f"DEBTS_LONG {_NL}",
        "1615 1635 171-173 175-180 185 189",
    ),
    _owed(
        "GROUP_DEBTS_LONG",
        "III.",
        "Deudas con empresas del grupo y asociadas a largo plazo",
        _NL,
        "1603-4 1613-4 1623-4 1633-4",
    ),
    _owed("DEFERRED_TAX_LIABILITIES", "IV.", "Pasivos por impuesto diferido", _NL, "479"),
    _owed("ACCRUALS_LONG", "V.", "Periodificaciones a largo plazo", _NL, "181"),
    _owed("SPECIAL_DEBTS_LONG", "VII.", "Deuda con características especiales a largo plazo", _NL, "15"),
    _owed("CURRENT_LIABILITIES", "C)", "Pasivo corriente", _EL),
    _owed("PROVISIONS_SHORT", "II.", "Provisiones a corto plazo", _CL, "499 529"),
    _owed("DEBTS_SHORT", "III.", "Deudas a corto plazo", _CL),
    _owed("BANK_DEBTS_SHORT", "1.", "Deudas con entidades de crédito", f"DEBTS_SHORT {_CL}", "5105 520 527"),
    _owed("LEASING_SHORT", "2.", "Acreedores por arrendamiento financiero", f"DEBTS_SHORT {_CL}", "5125 524"),
    _owed(
        "OTHER_DEBTS_SHORT",
        "3.",
        "Otras deudas a corto plazo",
        f"DEBTS_SHORT {_CL}",
        "1034 1044 190 192 194 500 501 505 506 509 5115 5135 5145 521-523 525 526 528 555 5565 5566 560 561 569"
        " C:551 C:5525 C:550 C:554",
    ),
    _owed(
        "GROUP_DEBTS_SHORT",
        "IV.",
        "Deudas con empresas del grupo y asociadas a corto plazo",
        _CL,
        "51x3 51x4 C:5523 C:5524",
    ),
    _owed("TRADE_CREDITORS", "V.", "Acreedores comerciales y otras cuentas a pagar", _CL),
    _owed("SUPPLIERS", "1.", "Proveedores", f"TRADE_CREDITORS {_CL}", "400 401 403-406"),
    _owed(
        "OTHER_CREDITORS", "2.", "Otros acreedores", f"TRADE_CREDITORS {_CL}", "41 438 465 466 475 476 477"
    ),
    _owed("ACCRUALS_SHORT", "VI.", "Periodificaciones a corto plazo", _CL, "485 568"),
    _owed(
        "SPECIAL_DEBTS_SHORT", "VII.", "Deuda con características especiales a corto plazo", _CL, "502 507"
    ),
)
"""Assets, then equity and liabilities, in the order of the model."""

_OPERATING, _FINANCIAL = "OPERATING_RESULT BEFORE_TAX YEAR_RESULT", "FINANCIAL_RESULT BEFORE_TAX YEAR_RESULT"

PROFIT_AND_LOSS: tuple[StatementLine, ...] = (
    _earned("TURNOVER", "1.", "Importe neto de la cifra de negocios", _OPERATING, "700-706 708 709"),
    _earned(
        "STOCK_CHANGES",
        "2.",
        "Variación de existencias de productos terminados y en curso de fabricación",
        _OPERATING,
        "71 6930 7930",
    ),
    _earned("OWN_WORK", "3.", "Trabajos realizados por la empresa para su activo", _OPERATING, "73"),
    _earned("PURCHASES", "4.", "Aprovisionamientos", _OPERATING, "600-602 606-609 61 6931-6933 7931-7933"),
    _earned("OTHER_INCOME", "5.", "Otros ingresos de explotación", _OPERATING, "740 747 75"),
    _earned("STAFF", "6.", "Gastos de personal", _OPERATING, "64 7950 7957"),
    _earned(
        "OTHER_COSTS",
        "7.",
        "Otros gastos de explotación",
        _OPERATING,
        "62 631 634 636 639 65 694 695 794 7954",
    ),
    _earned("DEPRECIATION", "8.", "Amortización del inmovilizado", _OPERATING, "68"),
    _earned(
        "GRANTS_RELEASED",
        "9.",
        "Imputación de subvenciones de inmovilizado no financiero y otras",
        _OPERATING,
        "746",
    ),
    _earned("EXCESS_PROVISIONS", "10.", "Excesos de provisiones", _OPERATING, "7951 7952 7955 7956"),
    _earned(
        "IMPAIRMENT",
        "11.",
        "Deterioro y resultado por enajenaciones del inmovilizado",
        _OPERATING,
        "670-672 690-692 770-772 790-792",
    ),
    _earned("OTHER_RESULTS", "13.", "Otros resultados", _OPERATING, "678 778"),
    _earned("OPERATING_RESULT", "A)", "Resultado de explotación", "BEFORE_TAX YEAR_RESULT"),
    _earned("FINANCIAL_INCOME", "14.", "Ingresos financieros", _FINANCIAL, "760-762 767 769"),
    _earned("FINANCIAL_COST", "15.", "Gastos financieros", _FINANCIAL, "660-662 664 665 669"),
    _earned(
        "FAIR_VALUE",
        "16.",
        "Variación de valor razonable en instrumentos financieros",
        _FINANCIAL,
        "663 763",
    ),
    _earned("EXCHANGE", "17.", "Diferencias de cambio", _FINANCIAL, "668 768"),
    _earned(
        "FINANCIAL_IMPAIRMENT",
        "18.",
        "Deterioro y resultado por enajenaciones de instrumentos financieros",
        _FINANCIAL,
        "666 667 673 675 696-699 766 773 775 796-799",
    ),
    _earned("FINANCIAL_RESULT", "B)", "Resultado financiero", "BEFORE_TAX YEAR_RESULT"),
    _earned("BEFORE_TAX", "C)", "Resultado antes de impuestos", "YEAR_RESULT"),
    _earned("INCOME_TAX", "20.", "Impuesto sobre beneficios", "YEAR_RESULT", "6300 6301 633 638"),
    _earned("YEAR_RESULT", "D)", "Resultado del ejercicio", ""),
)
"""Income is positive and expense negative, so that every total is a sum."""


@cache
def mapping(lines: Sequence[StatementLine]) -> dict[Prefix, str]:
    """Which line each beginning of codes belongs to. Raises ValueError where two lines claim the same."""
    found: dict[Prefix, str] = {}
    for line in lines:
        for prefix in prefixes(line.codes):
            if prefix in found or (prefix.side != ANY and Prefix(prefix.code) in found):
                raise ValueError(f"{prefix} stands on {found.get(prefix)} and on {line.key}")
            found[prefix] = line.key
    return found


def line_of(code: str, balance: Decimal, lines: tuple[StatementLine, ...]) -> str | None:
    """The line of an account: that of the longest beginning whose side fits. None if it belongs to none.

    `balance` is debit less credit.
    """
    side = DEBIT if balance > ZERO else CREDIT
    known = mapping(lines)
    for length in range(len(code), 0, -1):
        for prefix in (Prefix(code[:length]), Prefix(code[:length], side)):
            if prefix in known:
                return known[prefix]
    return None


def is_placed(code: str, balance: Decimal) -> bool:
    """Whether an account with this balance stands on a line of the balance sheet or of the profit and loss.

    The result accounts (6 and 7) stand on the latter alone.
    """
    return line_of(code, balance, PROFIT_AND_LOSS if code[:1] in "67" else BALANCE_SHEET) is not None
