"""PDF and picture work, which is slow and fed from outside, in a bounded pool of separate processes.

xhtml2pdf holds a global lock while it renders, so threads would not help; a process can also be ended when
it hangs or eats memory. Markup reaches no network and no file but the fonts beside this package. Nothing
here may be called with markup that was not escaped by a template.

Each task has `TASK_SECONDS_MAX`: first an exception inside the worker, then, for code that does not come
back from C, the kernel ends the process by CPU time. A pool that lost a process is replaced at the next
call; whoever shared it gets RenderingFailed and may try again.
"""

import asyncio
import logging
import os
import resource
import signal
import threading
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from io import BytesIO
from multiprocessing import get_context, parent_process
from pathlib import Path
from typing import TypeVar

import pypdfium2 as pdfium
from PIL import Image, ImageOps, UnidentifiedImageError
from reportlab import rl_config
from reportlab.platypus.doctemplate import LayoutError
from xhtml2pdf import pisa
from xhtml2pdf.config.resources import RenderLimitError, ResourceAccessPolicy

from services.kit.errors import Refused

ASSETS_DIR = Path(__file__).parent / "fonts"
"""The only folder that markup may read: `@font-face { src: url("inter-regular.ttf") }`."""

WORKERS_MAX = 2
TASKS_PER_WORKER_MAX = 200
"""A worker is replaced after so many tasks, because the renderer keeps memory."""

TASKS_WAITING_MAX = 64
"""More callers than this at a time are told to come back."""

TASK_SECONDS_MAX = 30
KILL_AFTER_CPU_SECONDS = TASK_SECONDS_MAX + 5
MEMORY_BYTES_MAX = 2 * 1024**3

HTML_CHARACTERS_MAX = 2_000_000
PDF_BYTES_MAX = 25 * 1024**2
IMAGE_BYTES_MAX = 25 * 1024**2
IMAGE_PIXELS_MAX = 60_000_000
"""What a picture may unpack to: a telephone's largest photo fits, a decompression bomb does not."""

PAGE_IMAGE_SCALE_MAX = 2.0
"""Pixels per point: 144 dots an inch, enough to read a receipt beside a form."""

JPEG_QUALITY = 88
IMAGE_FORMATS = ("JPEG", "PNG")

LOGO_PIXELS_MAX = 800
"""Longer side of a kept logo: 60 mm at more than 300 dots an inch."""

WARMING_HTML = (
    '<style>@font-face { font-family: Inter; src: url("inter-regular.ttf"); } p { font-family: Inter; }</style>'
    "<p>.</p>"
)

Result = TypeVar("Result")


class PdfNotReadable(Refused):
    """The bytes are not a PDF, are broken, or hold no page."""

    code = "PDF_NOT_READABLE"
    sentence = "This file is not a PDF that can be read."


class PdfEncrypted(Refused):
    """The PDF opens with a password only."""

    code = "PDF_ENCRYPTED"
    sentence = "This PDF is protected by a password; please save it without one."


class ImageNotReadable(Refused):
    """The bytes are neither a JPEG nor a PNG, or are broken."""

    code = "IMAGE_NOT_READABLE"
    sentence = "This file is not a JPEG or PNG picture that can be read."


class FileTooLarge(Refused):
    """More bytes, characters or pixels than the limit of its kind."""

    code = "FILE_TOO_LARGE"
    sentence = "This file is too large: {size} of {size_max} {unit}."
    words = frozenset({"unit"})


class RenderingFailed(Refused):
    """The renderer could not finish the document; a job may try again."""

    code = "RENDERING_FAILED"
    sentence = "The document could not be made."


class RenderingTimedOut(RenderingFailed):
    """The task took longer than TASK_SECONDS_MAX."""

    code = "RENDERING_TIMED_OUT"
    sentence = "This file takes too long to work on."


class RenderingBusy(RenderingFailed):
    """TASKS_WAITING_MAX tasks are waiting already."""

    code = "RENDERING_BUSY"
    sentence = "Too many documents are being made at the moment; please try again shortly."


class _Pool:
    """The processes of this program. Made at the first task, replaced when one of them died."""

    def __init__(self, *, task_seconds: float, cpu_seconds: float) -> None:
        self._seconds = (task_seconds, cpu_seconds)
        self._executor: ProcessPoolExecutor | None = None
        self._waiting = 0

    async def run(self, task: Callable[..., Result], *args: object) -> Result:
        if self._waiting >= TASKS_WAITING_MAX:
            raise RenderingBusy
        executor = self._executor = self._executor or _new_executor()
        self._waiting += 1
        try:
            future: Future[Result] = executor.submit(_limited, self._seconds, task, *args)
            return await asyncio.wrap_future(future)
        except BrokenProcessPool as error:
            if self._executor is executor:
                self._executor = None
            raise RenderingFailed from error
        except TimeoutError as error:
            raise RenderingTimedOut from error
        finally:
            self._waiting -= 1

    async def close(self) -> None:
        executor, self._executor = self._executor, None
        if executor is not None:
            await asyncio.to_thread(executor.shutdown, cancel_futures=True)


_pool = _Pool(task_seconds=TASK_SECONDS_MAX, cpu_seconds=KILL_AFTER_CPU_SECONDS)


async def render_pdf(html: str) -> bytes:
    """This will turn a page of markup into a PDF; the same markup gives the same bytes.

    Only the fonts of ASSETS_DIR and `data:` pictures can be used; any other address is left out. Raises
    FileTooLarge, RenderingFailed, RenderingTimedOut and RenderingBusy.
    """
    _check_size(len(html), HTML_CHARACTERS_MAX, "characters")
    return await _pool.run(_render_pdf, html)


async def pdf_page_count(pdf_bytes: bytes) -> int:
    """This will count the pages. Raises FileTooLarge, PdfNotReadable and PdfEncrypted."""
    _check_size(len(pdf_bytes), PDF_BYTES_MAX, "bytes")
    return await _pool.run(_page_count, pdf_bytes)


async def page_images(pdf_bytes: bytes, *, pages_max: int, pixels_max: int) -> list[bytes]:
    """This will draw the first pages as PNG of at most `pixels_max` pixels and 144 dots an inch each.

    Raises FileTooLarge, PdfNotReadable and PdfEncrypted.
    """
    _check_size(len(pdf_bytes), PDF_BYTES_MAX, "bytes")
    return await _pool.run(_page_images, pdf_bytes, pages_max, pixels_max)


async def normal_image(image_bytes: bytes, *, pixels_max: int) -> bytes:
    """This will make a JPEG or PNG photo an upright JPEG of at most `pixels_max` pixels, without metadata.

    The camera's position and other metadata go; transparency becomes white. Raises FileTooLarge,
    ImageNotReadable.
    """
    _check_size(len(image_bytes), IMAGE_BYTES_MAX, "bytes")
    return await _pool.run(_normal_image, image_bytes, pixels_max)


async def logo_picture(image_bytes: bytes) -> bytes:
    """This will draw a JPEG or PNG anew as a PNG of at most LOGO_PIXELS_MAX a side, keeping what is transparent.

    Nothing else of the file stays. Raises FileTooLarge, ImageNotReadable (an SVG is neither of the two).
    """
    _check_size(len(image_bytes), IMAGE_BYTES_MAX, "bytes")
    return await _pool.run(_logo_picture, image_bytes)


async def apart(task: Callable[..., Result], *args: object) -> Result:
    """This will run a function of a module on what came from outside, within the pool's limits of time and memory.

    Function and arguments are pickled. Raises what it raises, RenderingFailed, RenderingTimedOut and RenderingBusy.
    """
    return await _pool.run(task, *args)


async def warm_pool() -> None:
    """This will render an empty page, so that the first paper asked for finds processes, fonts and code loaded."""
    with suppress(RenderingFailed):
        await render_pdf(WARMING_HTML)


async def close_pool() -> None:
    """This will let running tasks end and drop waiting ones; a later call starts new processes."""
    await _pool.close()


def _check_size(size: int, size_max: int, unit: str) -> None:
    if size > size_max:
        raise FileTooLarge(size=size, size_max=size_max, unit=unit)


def _new_executor() -> ProcessPoolExecutor:
    return ProcessPoolExecutor(
        WORKERS_MAX,
        # A forked child would inherit sockets and locks of the server.
        mp_context=get_context("spawn"),
        initializer=_start_worker,
        max_tasks_per_child=TASKS_PER_WORKER_MAX,
    )


# From here on: code that runs in a worker.


def _start_worker() -> None:
    # A parent that was killed tells nobody; without this its workers would wait for tasks for ever.
    threading.Thread(target=_end_with_parent, daemon=True).start()
    # The parent decides when to stop; an interrupt at the terminal reaches the whole group.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGALRM, _on_alarm)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES_MAX, MEMORY_BYTES_MAX))
    # Without dates and random ids inside, one document is one stored file, whoever renders it again.
    rl_config.invariant = 1
    Image.MAX_IMAGE_PIXELS = IMAGE_PIXELS_MAX
    # Its warnings quote the markup, which is client data.
    logging.getLogger("xhtml2pdf").setLevel(logging.CRITICAL)


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _on_alarm(_signal: int, _frame: object) -> None:
    raise TimeoutError


def _limited(seconds: tuple[float, float], task: Callable[..., Result], *args: object) -> Result:
    task_seconds, cpu_seconds = seconds
    # SIGPROF keeps its default action: it ends the process even inside C code that never looks at the alarm.
    signal.setitimer(signal.ITIMER_REAL, task_seconds)
    signal.setitimer(signal.ITIMER_PROF, cpu_seconds)
    try:
        return task(*args)
    except MemoryError as error:
        raise RenderingFailed from error
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.setitimer(signal.ITIMER_PROF, 0)


def _render_pdf(html: str) -> bytes:
    output = BytesIO()
    policy = ResourceAccessPolicy.server(ASSETS_DIR, allow_remote=False)
    try:
        status = pisa.CreatePDF(
            html,
            dest=output,
            path=str(ASSETS_DIR / "document.html"),
            encoding="utf-8",
            resource_policy=policy,
        )
    except (RenderLimitError, LayoutError, RecursionError) as error:
        raise RenderingFailed from error
    if status.err:
        raise RenderingFailed
    return output.getvalue()


def _open_pdf(pdf_bytes: bytes) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(pdf_bytes)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise PdfEncrypted from error
        raise PdfNotReadable from error


def _page_count(pdf_bytes: bytes) -> int:
    document = _open_pdf(pdf_bytes)
    try:
        count = len(document)
    finally:
        document.close()
    if not count:
        raise PdfNotReadable
    return count


def _page_images(pdf_bytes: bytes, pages_max: int, pixels_max: int) -> list[bytes]:
    document = _open_pdf(pdf_bytes)
    try:
        count = min(len(document), pages_max)
        return [_page_image(document, index, pixels_max) for index in range(count)]
    except pdfium.PdfiumError as error:
        raise PdfNotReadable from error
    finally:
        document.close()


def _page_image(document: pdfium.PdfDocument, index: int, pixels_max: int) -> bytes:
    page = document[index]
    try:
        width, height = page.get_size()
        if width <= 0 or height <= 0:
            raise PdfNotReadable
        scale = min(PAGE_IMAGE_SCALE_MAX, _scale_for(width, height, pixels_max))
        picture = page.render(scale=scale).to_pil()
    finally:
        page.close()
    output = BytesIO()
    picture.save(output, "PNG", optimize=True)
    return output.getvalue()


def _scale_for(width: float, height: float, pixels_max: int) -> float:
    """The largest scale at which (width + 1) x (height + 1) pixels stay within the limit."""
    scale: float = (pixels_max / (width * height)) ** 0.5
    while scale > 0 and (width * scale + 1) * (height * scale + 1) > pixels_max:
        scale *= 0.99
    return scale


def _logo_picture(image_bytes: bytes) -> bytes:
    picture = _picture(image_bytes).convert("RGBA")
    picture.thumbnail((LOGO_PIXELS_MAX, LOGO_PIXELS_MAX))
    output = BytesIO()
    picture.save(output, "PNG", optimize=True)
    return output.getvalue()


def _picture(image_bytes: bytes) -> Image.Image:
    """The picture, upright."""
    try:
        with Image.open(BytesIO(image_bytes), formats=IMAGE_FORMATS) as opened:
            pixels = opened.width * opened.height
            _check_size(pixels, IMAGE_PIXELS_MAX, "pixels")
            picture = ImageOps.exif_transpose(opened)
            picture.load()
    except Image.DecompressionBombError as error:
        raise FileTooLarge(size=len(image_bytes), size_max=IMAGE_PIXELS_MAX, unit="pixels") from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise ImageNotReadable from error
    return picture


def _normal_image(image_bytes: bytes, pixels_max: int) -> bytes:
    flat = _flattened(_picture(image_bytes))
    if flat.width * flat.height > pixels_max:
        scale = (pixels_max / (flat.width * flat.height)) ** 0.5
        flat = flat.resize((max(1, int(flat.width * scale)), max(1, int(flat.height * scale))))
    output = BytesIO()
    flat.save(output, "JPEG", quality=JPEG_QUALITY, optimize=True)
    return output.getvalue()


def _flattened(picture: Image.Image) -> Image.Image:
    """Paper is white: transparent parts of a scan are too."""
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    layered = picture.convert("RGBA")
    paper = Image.new("RGB", layered.size, "white")
    paper.paste(layered, mask=layered.getchannel("A"))
    return paper
