"""The formats of a file: each writes rows as they come and never holds the whole list."""

from pathlib import Path

from services.exports.files.csv_file import CsvFile
from services.exports.files.head import Head, Part, TableFile
from services.exports.files.pdf_file import PdfFile
from services.exports.files.xlsx_file import XlsxFile
from services.exports.rules import ExportFormat

__all__ = ["Head", "Part", "TableFile", "open_table"]

_FILES: dict[ExportFormat, type[XlsxFile] | type[CsvFile] | type[PdfFile]] = {
    ExportFormat.XLSX: XlsxFile,
    ExportFormat.CSV: CsvFile,
    ExportFormat.PDF: PdfFile,
}


def open_table(file_format: ExportFormat, path: Path, head: Head) -> TableFile:
    """This will begin a file of a list."""
    return _FILES[file_format](path, head)
