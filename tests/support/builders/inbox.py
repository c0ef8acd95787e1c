"""Papers for tests: PDFs and photos made on the spot, and how they reach an inbox."""

from io import BytesIO
from uuid import UUID

from PIL import Image, ImageDraw
from pypdf import PdfReader, PdfWriter
from reportlab.pdfgen.canvas import Canvas

from services.access.interface import Viewer
from services.inbox import papers
from services.inbox.actions import receive_file
from tests.support.office import Office


def pdf_paper(text: str = "FACTURA T-118", *, pages: int = 1, password: str | None = None) -> bytes:
    """This will make a PDF that says something on each page."""
    output = BytesIO()
    canvas = Canvas(output, invariant=True)
    for page in range(pages):
        canvas.drawString(72, 720, f"{text} {page + 1}/{pages}")
        canvas.showPage()
    canvas.save()
    if password is None:
        return output.getvalue()
    writer = PdfWriter(clone_from=PdfReader(output))
    writer.encrypt(password)
    locked = BytesIO()
    writer.write(locked)
    return locked.getvalue()


def photo(text: str = "BAR LA PLAZA 12,50", *, kind: str = "JPEG") -> bytes:
    """This will make a small photo of a receipt."""
    picture = Image.new("RGB", (300, 400), "white")
    ImageDraw.Draw(picture).text((20, 20), text, fill="black")
    output = BytesIO()
    picture.save(output, kind)
    return output.getvalue()


async def send_in(
    office: Office,
    company_id: UUID,
    content: bytes,
    *,
    filename: str = "factura.pdf",
    by: Viewer | None = None,
    key: str | None = None,
) -> UUID:
    """This will put a paper into a company's inbox and give its id."""
    paper = await papers.store_and_look_at(office.store, content=content, filename=filename)
    async with office.act(by or office.manager) as act:
        return await receive_file(act, paper, company_id=company_id, request_key=key)
