"""Processes of their own that tests start: workers, sweeps."""

import os

from django.db import connection


def own_environment(**more: str) -> dict[str, str]:
    """Return the environment of this test run, its database the test's own."""
    server, options = os.environ["DATABASE_URL"].split("?")
    database = connection.settings_dict["NAME"]
    url = f"{server.rsplit('/', 1)[0]}/{database}?{options}"
    return os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings", "DATABASE_URL": url} | more
