"""Files in and out: uploads as plain bodies, downloads by signed links that re-check viewer, session and scope."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import ClassVar
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from gateway.context import Process, process_of
from gateway.requests import body_of, confirmed_of, json_response
from services.access.interface import Act, Viewer, acting, active_viewer, as_id
from services.access.policy import Action, Role, Scope
from services.documents.interface import pdf_of, sample_pdf, visible_document
from services.einvoices.interface import EInvoiceFormat, einvoice_of
from services.exports.interface import finished_file
from services.journal.interface import SUFFIXES, PlainForm, plain_books
from services.kit import clock, links
from services.kit.errors import BadInput, NotFound, Refused, Unauthenticated
from services.kit.storage import content_disposition, media_type_of
from services.portal.interface import record_downloaded
from services.uploads.interface import check_upload, record_upload
from services.verifactu.interface import RecordsFile, company_of_chain, qr_png, record_of, records_file

ANYBODY = "anybody"
"""The claim `reader` of a link that needs no viewer: a publisher's logo, shown before anybody has signed in."""

PIECE_BYTES = 16 * 1024
FILENAME_LENGTH_MAX = 200


class UploadEmpty(Refused):
    """Nothing was sent."""

    code: ClassVar[str] = "UPLOAD_EMPTY"
    sentence: ClassVar[str] = "The file is empty."


async def post_upload(request: Request) -> Response:
    """A raw body for ?companyId=&purpose=inbox|statement&filename= -> {uploadId, sha256, size}.

    The content is judged by its own bytes by the act that uses it; here only who may upload is decided, and first.
    """
    known = await confirmed_of(request)
    process = process_of(request)
    if known.viewer.surface == "partner":
        process.pace.take(known.viewer.id, clock.now())
    company_id = as_id(request.query_params.get("companyId", ""), "company", ("companyId",))
    purpose = request.query_params.get("purpose", "").upper()
    filename = request.query_params.get("filename", "").replace("\\", "/").rsplit("/", 1)[-1].strip()
    if not 1 <= len(filename) <= FILENAME_LENGTH_MAX or not filename.isprintable():
        raise BadInput("filename", "give a name of 1 to {most} signs", most=FILENAME_LENGTH_MAX)
    async with process.database.read(known.viewer.id) as session:
        await check_upload(Act(session, known.viewer), company_id=company_id, purpose=purpose)
    content = await body_of(request, process.settings.upload_bytes_max)
    if not content:
        raise UploadEmpty
    media_type = media_type_of(content) or "application/octet-stream"
    async with acting(process.database, known.viewer) as act:
        upload_id = await record_upload(
            act,
            process.store,
            company_id=company_id,
            purpose=purpose,
            filename=filename,
            media_type=media_type,
            content=content,
        )
    return json_response({"uploadId": str(upload_id), "size": len(content), "mediaType": media_type})


async def get_file(request: Request) -> Response:
    """A signed link: an object of the store, or a document as PDF. The viewer named in it must still be allowed."""
    process = process_of(request)
    claims = links.verify(
        process.settings.secret.get_secret_value(), "file", request.path_params["token"], clock.now()
    )
    if claims.get("reader") == ANYBODY:
        return await _stored(process, claims)
    viewer = await _viewer(process, claims)
    if claims["kind"] == "document-pdf":
        return await _document(request, process, viewer, claims)
    if claims["kind"] == "sample-document":
        sample = await sample_pdf(process.database, process.store, viewer, UUID(claims["company"]))
        return Response(
            sample, headers=_headers("sample.pdf", "application/pdf"), media_type="application/pdf"
        )
    if claims["kind"] == "invoice-qr":
        return await _invoice_qr(process, viewer, UUID(claims["document"]))
    if claims["kind"] == "invoice-records":
        return await _invoice_records(process, viewer, claims)
    if claims["kind"] == "einvoice":
        return await _einvoice(request, process, viewer, claims)
    if claims["kind"] == "export":
        return await _exported(request, process, viewer, UUID(claims["export"]))
    if claims["kind"] == "plain-books":
        return await _plain_books(process, viewer, claims)
    async with process.database.read(viewer.id) as session:
        if claims["kind"] == "attachment":
            await visible_document(session, viewer, UUID(claims["document"]))
        else:
            scope = Scope[claims["scope"]]
            await Act(session, viewer).may(claims["company"], scope, Action.VIEW, what="file")
    return await _stored(process, claims)


async def _invoice_qr(process: Process, viewer: Viewer, document_id: UUID) -> Response:
    """The QR code of an issued invoice, drawn anew. Raises NotFound for a document without a record."""
    async with process.database.read(viewer.id) as session:
        await visible_document(session, viewer, document_id)
        record = await record_of(session, document_id)
    if record is None:
        raise NotFound("document")
    picture = await asyncio.to_thread(qr_png, record[1])
    return Response(picture, media_type="image/png", headers=_headers("qr.png", "image/png"))


async def _invoice_records(process: Process, viewer: Viewer, claims: dict[str, str]) -> Response:
    """A stretch of a company's invoice records."""
    async with process.database.read(viewer.id) as session:
        company_id = await company_of_chain(Act(session, viewer), claims["company"])
        wanted = RecordsFile(int(claims["first"]), int(claims["last"]))
        filename, content = await records_file(session, company_id, wanted)
    return Response(content, media_type="application/xml", headers=_headers(filename, "application/xml"))


async def _plain_books(process: Process, viewer: Viewer, claims: dict[str, str]) -> Response:
    """A year of the journal as text; written while it is sent."""
    form = PlainForm(claims["form"])
    company_id, year = UUID(claims["company"]), int(claims["year"])
    async with process.database.read(viewer.id) as session:
        await Act(session, viewer).may(company_id, Scope.JOURNAL, Action.VIEW, what="file")

    async def written() -> AsyncIterator[str]:
        async with process.database.read(viewer.id) as session:
            async for text in plain_books(session, company_id, year, form):
                yield text

    media_type = "text/plain; charset=utf-8"
    headers = _headers(f"{year}.{SUFFIXES[form]}", media_type)
    return StreamingResponse(written(), media_type=media_type, headers=headers)


async def _viewer(process: Process, claims: dict[str, str]) -> Viewer:
    """Who the link was signed for, if still active, as is the session it was signed in.

    Raises Unauthenticated otherwise, also for a link of nobody.
    """
    if "viewer" not in claims:
        raise Unauthenticated
    viewer = await active_viewer(process.database, UUID(claims["viewer"]), surface="link")
    if viewer is None:
        raise Unauthenticated
    if "session" in claims:
        async with process.database.pool.acquire() as connection:
            asking = "select viewer_id from find_viewer($1, $2)"
            if await connection.fetchval(asking, claims["session"], clock.now()) != viewer.id:
                raise Unauthenticated
    return viewer


async def _stored(process: Process, claims: dict[str, str]) -> Response:
    pieces = await process.store.stream(claims["sha256"])
    media_type = claims.get("media_type", "application/octet-stream")
    return StreamingResponse(pieces, media_type=media_type, headers=_headers(claims["filename"], media_type))


async def _exported(request: Request, process: Process, viewer: Viewer, export_id: UUID) -> Response:
    async with process.database.read(viewer.id) as session:
        file = await finished_file(session, viewer, export_id)
    pieces = await process.exported.stream(file.sha256)
    if request.method == "GET" and viewer.role is Role.PORTAL_CONTACT:
        pieces = _noted(request, process, viewer, file.documents, pieces)
    return StreamingResponse(
        pieces, media_type=file.media_type, headers=_headers(file.filename, file.media_type)
    )


async def _noted(
    request: Request,
    process: Process,
    viewer: Viewer,
    documents: tuple[UUID, ...],
    pieces: AsyncIterator[bytes],
) -> AsyncIterator[bytes]:
    """The pieces of an archive; before its last one its documents are marked read, as if each had been fetched."""
    held = b""
    async for piece in pieces:
        if held:
            yield held
        held = piece
    if documents and not await request.is_disconnected():
        async with acting(process.database, viewer) as act:
            for document_id in documents:
                with suppress(NotFound):  # Put out of the contact's sight since it was packed.
                    await record_downloaded(act, document_id)
    yield held


async def _document(request: Request, process: Process, viewer: Viewer, claims: dict[str, str]) -> Response:
    document_id = UUID(claims["document"])
    filename, content = await pdf_of(process.database, process.store, viewer, document_id)
    is_download = claims.get("act") == "download"
    return _handed_out(
        request, process, viewer, document_id, (filename, "application/pdf", content), is_download=is_download
    )


async def _einvoice(request: Request, process: Process, viewer: Viewer, claims: dict[str, str]) -> Response:
    """An invoice as a structured file is for keeping: fetching it is a download, as of its PDF."""
    document_id = UUID(claims["document"])
    wanted = EInvoiceFormat(claims["format"])
    made = await einvoice_of(process.database, process.store, viewer, document_id, wanted)
    return _handed_out(request, process, viewer, document_id, made, is_download=True)


def _handed_out(
    request: Request,
    process: Process,
    viewer: Viewer,
    document_id: UUID,
    made: tuple[str, str, bytes],
    *,
    is_download: bool,
) -> Response:
    filename, media_type, content = made
    # HEAD comes here too, from programs that look at a link before a person does.
    reads = request.method == "GET" and is_download and viewer.role is Role.PORTAL_CONTACT
    return StreamingResponse(
        _delivered(request, process, viewer, document_id, content, reads=reads),
        media_type=media_type,
        headers=_headers(filename, media_type) | {"content-length": str(len(content))},
    )


async def _delivered(
    request: Request, process: Process, viewer: Viewer, document_id: UUID, content: bytes, *, reads: bool
) -> AsyncIterator[bytes]:
    """The content piece by piece; the read mark is set when all but the last piece went out to a caller still there.

    The last piece is held back until then: after it the server cannot tell a finished download from a broken one.
    """
    last = max(0, len(content) - PIECE_BYTES)
    for start in range(0, last, PIECE_BYTES):
        yield content[start : min(start + PIECE_BYTES, last)]
    if reads and not await request.is_disconnected():
        async with acting(process.database, viewer) as act:
            await record_downloaded(act, document_id)
    yield content[last:]


def _headers(filename: str, media_type: str) -> dict[str, str]:
    return {
        "content-disposition": content_disposition(filename, media_type),
        "cache-control": "private, no-store",
        "x-content-type-options": "nosniff",
        "cross-origin-resource-policy": "same-origin",
        # The address is the permission for some minutes: it goes nowhere from here.
        "referrer-policy": "no-referrer",
    }


ROUTES = [
    Route("/uploads", post_upload, methods=["POST"]),
    Route("/files/{token}", get_file, methods=["GET"]),
]
