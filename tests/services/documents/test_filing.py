"""Attachments: the same content is kept once."""

from typing import Any

import pytest

from services.documents.interface import attach
from services.kit.errors import NotFound
from tests.support.builders.documents import draft, issuer
from tests.support.office import Office


class TestAttachments:
    async def test_are_attached_once(self, office: Office) -> None:
        company_id = await issuer(office)
        document_id = await draft(office, company_id, None)
        file: dict[str, Any] = {
            "filename": "ticket.pdf",
            "media_type": "application/pdf",
            "size": 3,
            "sha256": "a" * 64,
        }

        async with office.act() as act:
            first = await attach(act, document_id=document_id, **file)
            second = await attach(act, document_id=document_id, **file)

        assert first == second

    async def test_of_documents_out_of_reach_are_not_found(self, office: Office) -> None:
        company_id = await issuer(office, assigned=False)
        document_id = await draft(office, company_id, None)

        async with office.act(office.manager) as act:
            with pytest.raises(NotFound):
                await attach(
                    act,
                    document_id=document_id,
                    filename="x",
                    media_type="text/plain",
                    size=1,
                    sha256="b" * 64,
                )
