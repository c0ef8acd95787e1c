"""The tables of the rules, as tables of a statement."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import Integer, Numeric, Text, values
from sqlalchemy import column as sql_column

_KINDS: dict[type, Any] = {str: Text, int: Integer, Decimal: Numeric}


def rule_table(name: str, columns: str, rows: Sequence[tuple[Any, ...]]) -> Any:
    """Rows of a rule under the names of `columns`, separated by blanks; written into the statement as they are."""
    listed: list[Any] = [
        sql_column(column, _KINDS[type(value)])
        for column, value in zip(columns.split(), rows[0], strict=True)
    ]
    return values(*listed, name=name, literal_binds=True).data(list(rows))
