"""What a caller is told about values that were refused."""

import orjson
import pytest

from gateway.planner.plan import DENIAL_SENTENCES, Denial, Plan, answer
from services.access.policy import Role
from services.kit.words import translator

SWEDISH = translator("sv")


def _plan(*denials: Denial) -> Plan:
    refusable = ((("clients", "nodes", "balance"), "Client.balance"),)
    return Plan(sql="", binders=(), denials=denials, cost=1, refusable=refusable)


class TestAnswer:
    def test_sends_the_bytes_untouched_where_nothing_was_refused(self) -> None:
        text = b'{"client": {"name":  "Forn de la Plaza"}}'

        assert answer(text, _plan(), Role.BOOKKEEPER, SWEDISH) == (b'{"data":' + text + b"}", False)

    def test_explains_a_value_that_a_company_did_not_grant_in_the_viewers_language(self) -> None:
        mark = '{"#denied" : "BANKING", "action" : "VIEW", "by" : "SCOPE", "at" : 0, "company" : "c1"}'
        text = f'{{"clients": {{"nodes": [{{"balance": {mark}}}, {{"balance": "10.00"}}]}}}}'.encode()

        body, has_errors = answer(text, _plan(), Role.ACCOUNT_MANAGER, SWEDISH)

        told = orjson.loads(body)
        assert has_errors
        assert told["data"] == {"clients": {"nodes": [{"balance": None}, {"balance": "10.00"}]}}
        assert (
            told["errors"][0]["message"]
            == "Du har inte fått åtkomst till den här modulen i det här företaget."
        )
        assert told["errors"][0]["extensions"]["field"] == "Client.balance"
        assert told["errors"][0]["extensions"]["companies"] == ["c1"]

    @pytest.mark.parametrize("layer", DENIAL_SENTENCES)
    def test_translates_the_sentence_of_every_layer(self, layer: str) -> None:
        denial = Denial(("client", "balance"), "Client.balance", layer, "BANKING", "VIEW")

        body, _ = answer(b"{}", _plan(denial), Role.ACCOUNT_MANAGER, SWEDISH)

        assert orjson.loads(body)["errors"][0]["message"] not in DENIAL_SENTENCES.values()
