"""Tax codes and the worked quarter of a small company, as frozen sums."""

from decimal import Decimal

from services.taxes.rules.taxed import TaxedSum, TaxUse


def use(code: str, regime: str, rate: str = "0", surcharge: str = "0", nature: str = "ANY") -> TaxUse:
    return TaxUse(
        code=code,
        side="SALES" if code.startswith("S") else "PURCHASES",
        regime=regime,
        nature=nature,
        rate=Decimal(rate),
        surcharge_rate=Decimal(surcharge),
    )


USES = [
    *(use(f"S{rate}", "DOMESTIC", rate) for rate in ("0", "2", "4", "5", "7.5", "10", "21")),
    use("S21R52", "EQUIVALENCE_SURCHARGE", "21", "5.2"),
    use("S10R14", "EQUIVALENCE_SURCHARGE", "10", "1.4"),
    use("S4R05", "EQUIVALENCE_SURCHARGE", "4", "0.5"),
    use("S_IC_GOODS", "INTRA_EU", nature="GOODS"),
    use("S_IC_SERVICES", "INTRA_EU", nature="SERVICES"),
    use("S_IC_TRIANGULAR", "INTRA_EU", nature="TRIANGULAR"),
    use("S_EXPORT", "EXPORT"),
    use("S_EXEMPT", "EXEMPT"),
    use("S_NOT_SUBJECT", "FOREIGN_SERVICE"),
    use("S_REVERSE", "REVERSE_CHARGE"),
    *(use(f"P{rate}", "DOMESTIC", rate) for rate in ("4", "10", "21")),
    use("P21_INV", "DOMESTIC", "21", nature="INVESTMENT"),
    use("P21R52", "EQUIVALENCE_SURCHARGE", "21", "5.2"),
    use("P_IC_GOODS21", "INTRA_EU", "21", nature="GOODS"),
    use("P_IC_SERVICES21", "INTRA_EU", "21", nature="SERVICES"),
    use("P_IC_INV21", "INTRA_EU", "21", nature="INVESTMENT"),
    use("P_ISP21", "REVERSE_CHARGE", "21"),
    use("P_EXT21", "FOREIGN_SERVICE", "21"),
    use("P_IMPORT21", "EXPORT", "21"),
    use("P_IMPORT_INV21", "EXPORT", "21", nature="INVESTMENT"),
    use("P_EXEMPT", "EXEMPT"),
]
BY_CODE = {one.code: one for one in USES}


def line(
    code: str, base: str, *, rectifying: bool = False, quarter: int = 1, deductible: str = "1"
) -> TaxedSum:
    """One line with its VAT computed; `deductible` is the share of the quota that is deducted."""
    taxed, amount = BY_CODE[code], Decimal(base)
    charged = (amount * taxed.rate / 100).quantize(Decimal("0.01"))
    deducted = Decimal("0.00")
    if taxed.side == "PURCHASES" and taxed.regime != "EQUIVALENCE_SURCHARGE":
        deducted = (charged * Decimal(deductible)).quantize(Decimal("0.01"))
    return TaxedSum(
        code=code,
        base=amount,
        quota=charged,
        surcharge=(amount * taxed.surcharge_rate / 100).quantize(Decimal("0.01")),
        deductible=deducted,
        rectifying=rectifying,
        deducts=bool(deducted),
        quarter=quarter,
    )


WORKED_QUARTER = [
    line("S21", "10000.00"),
    line("S10", "2000.00"),
    line("S4", "500.00"),
    line("S21R52", "1000.00"),
    line("S21", "-300.00", rectifying=True),
    line("S_IC_GOODS", "4000.00"),
    line("S_EXPORT", "1500.00"),
    line("P21", "3000.00"),
    line("P10", "400.00"),
    line("P21_INV", "1200.00"),
    line("P_IC_GOODS21", "800.00"),
    line("P_ISP21", "1000.00"),
    line("P_EXT21", "200.00"),
    line("P21", "-100.00", rectifying=True),
    line("P21", "900.00"),
    line("P21", "500.00"),
]

WORKED_BOXES = {
    "01": "500.00",
    "03": "20.00",
    "04": "2000.00",
    "06": "200.00",
    "07": "11000.00",
    "09": "2310.00",
    "10": "800.00",
    "11": "168.00",
    "12": "1200.00",
    "13": "252.00",
    "14": "-300.00",
    "15": "-63.00",
    "22": "1000.00",
    "24": "52.00",
    "27": "2939.00",
    "28": "6000.00",
    "29": "1216.00",
    "30": "1200.00",
    "31": "252.00",
    "36": "800.00",
    "37": "168.00",
    "40": "-100.00",
    "41": "-21.00",
    "45": "1615.00",
    "46": "1324.00",
    "59": "4000.00",
    "60": "1500.00",
    "64": "1324.00",
    "65": "100.00",
    "66": "1324.00",
    "110": "300.00",
    "78": "300.00",
    "87": "0.00",
    "69": "1024.00",
    "71": "1024.00",
}
