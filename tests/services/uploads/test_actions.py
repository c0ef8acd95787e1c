"""Uploads: whose they are, and what they may be for."""

import asyncio
from collections import Counter
from datetime import timedelta
from uuid import UUID

import pytest

from services.access.policy import Scope
from services.kit import clock
from services.kit.errors import BadInput, Denied, NotFound
from services.uploads.actions import Quota
from services.uploads.interface import UploadQuotaReached, check_upload, record_upload, take_upload
from tests.support.office import BOOKS, Office

PAPER = b"%PDF-1.7 a paper"


async def upload(office: Office, company_id: UUID, purpose: str = "INBOX") -> UUID:
    async with office.act(office.bookkeeper) as act:
        return await record_upload(
            act,
            office.store,
            company_id=company_id,
            purpose=purpose,
            filename="ticket.pdf",
            media_type="application/pdf",
            content=PAPER,
        )


class TestUploads:
    async def test_wait_for_their_purpose(self, office: Office) -> None:
        company_id = await office.client()
        upload_id = await upload(office, company_id)

        async with office.act(office.bookkeeper) as act:
            taken = await take_upload(act, str(upload_id), "INBOX")
            with pytest.raises(NotFound):
                await take_upload(act, upload_id, "STATEMENT")

        assert (taken.company_id, taken.filename, taken.size) == (company_id, "ticket.pdf", len(PAPER))
        assert await office.store.get(taken.sha256) == PAPER

    async def test_belong_to_who_sent_them(self, office: Office) -> None:
        upload_id = await upload(office, await office.client())

        async with office.act(office.owner) as act:
            with pytest.raises(NotFound):
                await take_upload(act, upload_id, "INBOX")

    async def test_need_edit_of_what_they_are_for(self, office: Office) -> None:
        without = await office.client(view=BOOKS - {Scope.INBOX})
        unseen = await office.client("Tallers Mistral SL", assigned=False)

        with pytest.raises(Denied):
            await upload(office, without)
        assert isinstance(await upload(office, without, "STATEMENT"), UUID)
        with pytest.raises(NotFound):
            await upload(office, unseen)

    async def test_say_what_they_are_for(self, office: Office) -> None:
        company_id = await office.client()

        with pytest.raises(BadInput):
            await upload(office, company_id, "HOLIDAY")

    @pytest.mark.parametrize("quota", [Quota(files_max=2, bytes_max=10_000), Quota(100, 2 * len(PAPER))])
    async def test_of_one_company_end_at_its_quota_of_a_day(self, office: Office, quota: Quota) -> None:
        company_id, other = await office.client(), await office.client("Tallers Mistral SL")

        async def send(to: UUID) -> UUID:
            async with office.act(office.bookkeeper) as act:
                return await record_upload(
                    act,
                    office.store,
                    company_id=to,
                    purpose="INBOX",
                    filename="ticket.pdf",
                    media_type="application/pdf",
                    content=PAPER,
                    quota=quota,
                )

        outcomes = await asyncio.gather(*(send(company_id) for _ in range(5)), return_exceptions=True)
        kinds = Counter(type(outcome) for outcome in outcomes)

        assert kinds == {UUID: 2, UploadQuotaReached: 3}, "also when they come at once"
        assert isinstance(await send(other), UUID)
        with clock.moved_to(clock.now() + timedelta(hours=24, minutes=1)):
            assert isinstance(await send(company_id), UUID)

    async def test_quota_is_nothing_to_strangers(self, office: Office) -> None:
        unseen = await office.client(assigned=False)

        async with office.act(office.bookkeeper) as act:
            with pytest.raises(NotFound):
                await check_upload(act, company_id=unseen, purpose="INBOX", quota=Quota(0, 0))
