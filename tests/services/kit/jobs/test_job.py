"""What a job says about itself."""

from datetime import timedelta

from services.kit.jobs import (
    job,
)


class TestJob:
    def test_doubles_its_pause_up_to_an_hour(self) -> None:
        async def nothing(_: dict[str, str]) -> None: ...

        patient = job("patient", retry_after=timedelta(minutes=10))(nothing)

        assert [patient.pause_after(tries) / timedelta(minutes=1) for tries in (1, 2, 3, 4, 500)] == [
            10,
            20,
            40,
            60,
            60,
        ]

    def test_takes_its_name_from_the_decorator(self) -> None:
        @job("send_letter", tries_max=2)
        async def send_letter(_: dict[str, str]) -> None: ...

        assert (send_letter.name, send_letter.tries_max) == ("send_letter", 2)
