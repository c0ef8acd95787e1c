"""Credit notes, money given back, accounts and other currencies through GraphQL."""

from decimal import Decimal

from services.access.policy import Scope
from tests.services.banking.test_schema import RECONCILE
from tests.support.builders.banking import open_bank
from tests.support.builders.documents import customer
from tests.support.builders.reconciliation import credit_note, document_of, invoice, match, received
from tests.support.office import Office


class TestMoneyGivenBackAndAccounts:
    FIND = """query($l: ID!, $s: String) { matchCandidates(lineId: $l, search: $s) {
      documentId outstanding amount paid direction givesBack currency } }"""
    PROPOSED = """query($l: ID!) { bankLine(id: $l) { state settledAmount proposal {
      documentId outstanding amount paid direction givesBack } } }"""

    async def test_by_mutation_revives_the_invoice_and_books_the_fee(self, office: Office) -> None:
        bank = await open_bank(office)
        sold = await bank.sale("Forn Vidal SL", "121.00")
        await match(bank, await received(bank, "121.00", "REMESA"), (sold, "121.00"))
        line = await received(bank, "-126.00", "DEVOLUCION FORN VIDAL 121,00", day=20)
        asked = {"l": str(line.id), "s": "vidal"}
        given = {
            "lineId": str(line.id),
            "targets": [{"documentId": str(sold), "amount": "121.00", "givesBack": True}],
            "parts": [{"ledgerAccountCode": "626", "amount": "-5.00"}],
            "requestKey": "back",
        }

        found = (await office.ask(office.manager, self.FIND, asked)).data["matchCandidates"]
        done = (await office.ask(office.manager, RECONCILE, {"i": given})).data["reconcile"]
        again = (await office.ask(office.manager, RECONCILE, {"i": given})).data["reconcile"]

        one = {"documentId": str(sold), "outstanding": "121.00", "amount": "121.00", "paid": "121.00"}
        assert found == [{**one, "direction": "OUT", "givesBack": True, "currency": "EUR"}]
        assert done["refusals"] == []
        assert (done["line"]["state"], done["line"]["settledAmount"]) == ("MATCHED", "126.00")
        assert again["undoToken"] == done["undoToken"]
        assert (await document_of(bank, sold))["status"] == "APPROVED"

    async def test_are_proposed_with_sign_and_currency(self, office: Office) -> None:
        bank = await open_bank(office)
        brisa = await customer(office, bank.company_id)
        sold = await invoice(bank, brisa, "1000", currency="USD", exchange_rate=Decimal("0.90"))
        credit = await credit_note(bank, await invoice(bank, brisa, "50.00"))
        exchanged = await received(bank, "912.00", "TRANSF CAFES BRISA")
        refund = await received(bank, "-50.00", "TRANSF CAFES BRISA", day=9)

        first, second = [
            (await office.ask(office.manager, self.PROPOSED, {"l": str(line.id)})).data["bankLine"][
                "proposal"
            ]
            for line in (exchanged, refund)
        ]

        assert first == {
            "documentId": str(sold),
            "outstanding": "1000.00",
            "amount": "1000.00",
            "paid": "912.00",
            "direction": "IN",
            "givesBack": False,
        }
        assert second == {
            "documentId": str(credit),
            "outstanding": "50.00",
            "amount": "50.00",
            "paid": "50.00",
            "direction": "OUT",
            "givesBack": False,
        }

    async def test_show_only_sides_that_are_granted(self, office: Office) -> None:
        bank = await open_bank(office)
        brisa = await customer(office, bank.company_id)
        credit = await credit_note(bank, await invoice(bank, brisa, "50.00"))
        await bank.purchase("Cafés Brisa SL", "B-1", "50.00")
        line = await received(bank, "-50.00", "TRANSF CAFES BRISA")
        scopes = frozenset({Scope.BANKING, Scope.SALES})
        employee = await office.employee(bank.company_id, view=scopes)

        found = (await office.ask(employee, self.FIND, {"l": str(line.id)})).data["matchCandidates"]

        assert [one["documentId"] for one in found] == [str(credit)]
