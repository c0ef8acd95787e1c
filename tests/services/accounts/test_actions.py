"""Who is put on a client: people of the firm, in the role it takes."""

import pytest

from services.accounts.actions import NotAnAccountManager, assign_account_managers, assign_bookkeeper
from services.kit.errors import NotFound
from tests.support.office import Office
from tests.support.world import World


class TestAssigning:
    async def test_takes_nobody_of_another_firm(self, office: Office, world: World) -> None:
        joinery = await office.client(assigned=False)

        with pytest.raises(NotFound):
            async with office.act() as act:
                await assign_bookkeeper(act, joinery, world.office.bookkeeper.id)
        with pytest.raises(NotFound):
            async with office.act() as act:
                await assign_account_managers(act, joinery, [world.office.manager.id])

    async def test_takes_nobody_of_another_role(self, office: Office) -> None:
        joinery = await office.client(assigned=False)

        with pytest.raises(NotFound):
            async with office.act() as act:
                await assign_bookkeeper(act, joinery, office.manager.id)
        with pytest.raises(NotAnAccountManager):
            async with office.act() as act:
                await assign_account_managers(act, joinery, [office.bookkeeper.id])
