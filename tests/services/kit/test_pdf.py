"""Rendering in worker processes: what markup may reach, what files are refused, and what a hang costs."""

import asyncio
import os
import sys
from base64 import b64encode
from collections.abc import AsyncIterator, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO
from pathlib import Path
from select import select
from subprocess import PIPE, Popen
from threading import Thread

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter

from services.kit import pdf
from services.kit.pdf import (
    FileTooLarge,
    ImageNotReadable,
    PdfEncrypted,
    PdfNotReadable,
    RenderingBusy,
    RenderingFailed,
    RenderingTimedOut,
    close_pool,
    normal_image,
    page_images,
    pdf_page_count,
    render_pdf,
)

ORIENTATION = 0x0112


@pytest.fixture(scope="module", autouse=True)
async def _pool_closed() -> AsyncIterator[None]:
    yield
    await close_pool()


def picture(kind: str = "PNG", *, size: tuple[int, int] = (8, 4), color: str = "red") -> bytes:
    output = BytesIO()
    Image.new("RGB", size, color).save(output, kind)
    return output.getvalue()


def text_of(pdf_bytes: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf_bytes)).pages)


def image_count(pdf_bytes: bytes) -> int:
    return sum(len(page.images) for page in PdfReader(BytesIO(pdf_bytes)).pages)


@pytest.fixture
def web_server() -> Iterator[tuple[str, list[str]]]:
    """A picture on the network, and the list of who asked for it."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.send_header("Content-Type", "image/png")
            self.end_headers()
            self.wfile.write(picture())

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is inherited
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/picture.png", asked
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def picture_file() -> Iterator[Path]:
    """A picture inside the working directory, where the renderer's default would read it."""
    path = Path.cwd() / f"picture-{os.getpid()}.png"
    path.write_bytes(picture())
    yield path
    path.unlink()


class TestRenderPdf:
    async def test_prints_letters_of_europe(self) -> None:
        html = """<style>@font-face { font-family: Inter; src: url("inter-regular.ttf"); }
            body { font-family: Inter; }</style><p>España 1.234,56 € Åsa Şükrü Łódź</p>"""

        made = await render_pdf(html)

        assert made.startswith(b"%PDF-")
        assert "España 1.234,56 € Åsa Şükrü Łódź" in text_of(made)

    async def test_gives_the_same_bytes_for_the_same_markup(self) -> None:
        assert await render_pdf("<p>once</p>") == await render_pdf("<p>once</p>")

    async def test_embeds_pictures_that_are_part_of_the_markup(self) -> None:
        data = f"data:image/png;base64,{b64encode(picture()).decode()}"

        made = await render_pdf(f'<p>logo</p><img src="{data}" width="10" height="10">')

        assert image_count(made) == 1

    async def test_reaches_no_network(self, web_server: tuple[str, list[str]]) -> None:
        address, asked = web_server
        html = f"""<style>@import url("{address}?css"); body {{ background-image: url("{address}?background") }}
            @font-face {{ font-family: F; src: url("{address}?font"); }}</style><p>text</p><img src="{address}?img">"""

        made = await render_pdf(html)

        assert asked == []
        assert image_count(made) == 0
        assert "text" in text_of(made)

    @pytest.mark.parametrize("form", ["{path}", "file://{path}", "{path.name}"])
    async def test_reads_no_file_but_the_fonts(self, picture_file: Path, form: str) -> None:
        made = await render_pdf(
            f'<p>text</p><img src="{form.format(path=picture_file)}" width="9" height="9">'
        )

        assert image_count(made) == 0

    async def test_does_not_climb_out_of_the_fonts(self, picture_file: Path) -> None:
        above = "../" * len(pdf.ASSETS_DIR.relative_to(Path.cwd()).parts) + picture_file.name

        made = await render_pdf(f'<p>text</p><img src="{above}" width="9" height="9">')

        assert image_count(made) == 0

    async def test_refuses_too_much_markup(self) -> None:
        with pytest.raises(FileTooLarge) as refusal:
            await render_pdf("x" * (pdf.HTML_CHARACTERS_MAX + 1))

        assert refusal.value.values["size_max"] == pdf.HTML_CHARACTERS_MAX

    async def test_refuses_markup_that_nests_too_deep(self) -> None:
        with pytest.raises(RenderingFailed):
            await render_pdf("<div>" * 500 + "x")

    async def test_works_again_after_the_pool_was_closed(self) -> None:
        await close_pool()

        assert "again" in text_of(await render_pdf("<p>again</p>"))

    async def test_renders_side_by_side(self) -> None:
        made = await asyncio.gather(*(render_pdf(f"<p>number {number}</p>") for number in range(6)))

        assert [f"number {number}" in text_of(each) for number, each in enumerate(made)] == [True] * 6


def blank_pdf(pages: int, *, password: str = "", size: tuple[float, float] = (200, 100)) -> bytes:
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(*size)
    if password:
        writer.encrypt(password)
    output = BytesIO()
    writer.write(output)
    return output.getvalue()


class TestPdfPageCount:
    async def test_counts(self) -> None:
        assert await pdf_page_count(blank_pdf(3)) == 3

    @pytest.mark.parametrize("broken", [b"", b"hello", picture(), blank_pdf(1)[:200], b"%PDF-1.7\n%%EOF"])
    async def test_refuses_what_is_no_pdf(self, broken: bytes) -> None:
        with pytest.raises(PdfNotReadable):
            await pdf_page_count(broken)

    async def test_refuses_a_locked_one(self) -> None:
        with pytest.raises(PdfEncrypted):
            await pdf_page_count(blank_pdf(1, password="secret"))

    async def test_refuses_too_many_bytes(self) -> None:
        with pytest.raises(FileTooLarge):
            await pdf_page_count(b"%PDF-" + b"0" * pdf.PDF_BYTES_MAX)


class TestPageImages:
    async def test_draws_the_first_pages_within_the_limit(self) -> None:
        images = await page_images(blank_pdf(5), pages_max=2, pixels_max=5_000)

        assert len(images) == 2
        for each in images:
            with Image.open(BytesIO(each)) as drawn:
                assert drawn.format == "PNG"
                assert 4_500 < drawn.width * drawn.height <= 5_000

    async def test_stops_at_144_dots_an_inch(self) -> None:
        (image,) = await page_images(blank_pdf(1), pages_max=9, pixels_max=10_000_000)

        with Image.open(BytesIO(image)) as drawn:
            assert drawn.size == (400, 200)

    @pytest.mark.parametrize("size", [(14_400, 14_400), (1, 14_400), (3, 3)])
    async def test_keeps_the_limit_for_strange_paper(self, size: tuple[float, float]) -> None:
        (image,) = await page_images(blank_pdf(1, size=size), pages_max=1, pixels_max=100_000)

        with Image.open(BytesIO(image)) as drawn:
            assert drawn.width * drawn.height <= 100_000

    async def test_refuses_what_is_no_pdf(self) -> None:
        with pytest.raises(PdfNotReadable):
            await page_images(b"%PDF-nothing", pages_max=1, pixels_max=1_000)


class TestHangingTask:
    async def test_is_stopped_when_it_takes_too_long(self) -> None:
        pool = pdf._Pool(task_seconds=0.2, cpu_seconds=30)

        with pytest.raises(RenderingTimedOut):
            await pool.run(select, [], [], [], 60)

        assert await pool.run(len, "still alive") == 11
        await pool.close()

    async def test_is_ended_inside_c_code_and_the_pool_replaced(self) -> None:
        pool = pdf._Pool(task_seconds=0.1, cpu_seconds=0.3)

        with pytest.raises(RenderingFailed):
            await pool.run(sum, range(10**13))

        assert await pool.run(len, "alive again") == 11
        await pool.close()

    async def test_does_not_queue_without_end(self) -> None:
        results = await asyncio.gather(
            *(pdf_page_count(blank_pdf(1)) for _ in range(pdf.TASKS_WAITING_MAX + 1)), return_exceptions=True
        )

        assert results[:-1] == [1] * pdf.TASKS_WAITING_MAX
        assert isinstance(results[-1], RenderingBusy)


class TestNormalImage:
    async def test_turns_a_photo_upright_and_drops_its_metadata(self) -> None:
        output = BytesIO()
        exif = Image.Exif()
        exif[ORIENTATION] = 6
        Image.new("RGB", (80, 40)).save(output, "JPEG", exif=exif)

        normal = await normal_image(output.getvalue(), pixels_max=1_000_000)

        with Image.open(BytesIO(normal)) as upright:
            assert upright.format == "JPEG"
            assert upright.size == (40, 80)
            assert not upright.getexif()

    async def test_makes_large_ones_smaller_and_keeps_their_shape(self) -> None:
        normal = await normal_image(picture(size=(2_000, 1_000)), pixels_max=20_000)

        with Image.open(BytesIO(normal)) as smaller:
            assert smaller.size == (200, 100)

    async def test_lays_transparent_ones_on_white(self) -> None:
        output = BytesIO()
        Image.new("RGBA", (4, 4), (0, 0, 0, 0)).save(output, "PNG")

        with Image.open(BytesIO(await normal_image(output.getvalue(), pixels_max=100))) as flat:
            assert flat.getpixel((1, 1)) == (255, 255, 255)

    @pytest.mark.parametrize(
        "broken", [b"", b"hello", picture()[:40], picture("GIF"), picture("BMP"), blank_pdf(1)]
    )
    async def test_refuses_what_is_no_photo(self, broken: bytes) -> None:
        with pytest.raises(ImageNotReadable):
            await normal_image(broken, pixels_max=100)

    async def test_refuses_a_bomb_before_unpacking_it(self) -> None:
        output = BytesIO()
        Image.new("1", (20_000, 10_000)).save(output, "PNG")
        assert len(output.getvalue()) < 100_000

        with pytest.raises(FileTooLarge):
            await normal_image(output.getvalue(), pixels_max=1_000_000)


def test_workers_end_when_their_parent_is_killed() -> None:
    program = (
        "import asyncio; from services.kit.pdf import render_pdf;"
        "asyncio.run(render_pdf('<p>1</p>')); print('drawn', flush=True); input()"
    )
    with Popen([sys.executable, "-c", program], stdin=PIPE, stdout=PIPE, text=True) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == "drawn\n"
        parent.kill()
        # The workers hold the other end of this pipe as long as they live.
        assert parent.communicate(timeout=30)[0] == ""
