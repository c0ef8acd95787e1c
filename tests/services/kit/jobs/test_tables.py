"""The statements for the migration."""

import pytest

from services.kit.jobs import (
    jobs_grants_sql,
)


class TestGrantsSql:
    def test_refuses_a_role_that_is_no_plain_name(self) -> None:
        with pytest.raises(ValueError, match="role"):
            jobs_grants_sql("atrio_app; drop table pgqueuer")
