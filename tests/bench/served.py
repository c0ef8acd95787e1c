"""The product as it is measured: the gateway's own application on the bench's database, permissions and walls on."""

import os

from starlette.applications import Starlette

from gateway.app import make_app
from services.kit.db import Addresses
from services.kit.logs import set_up_logs
from services.kit.settings import get_settings


def app() -> Starlette:
    """The application; its registered operations are those of the data folder."""
    settings = get_settings()
    set_up_logs("warning")
    return make_app(settings, Addresses(os.environ["BENCH_OWNER_URL"], os.environ["BENCH_DATABASE_URL"]))
