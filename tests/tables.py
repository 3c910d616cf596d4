"""The tables of a run: made once by migrations, copied for each of xdist's workers."""

import os
import subprocess
import sys

import psycopg
from psycopg import sql

from config import embedded, server_folders

MADE = "made_by_migrations"
COPYING = 1
"""The key of the advisory lock: one worker makes or copies at a time."""


def copy_tables(name: str, run: str) -> None:
    """Make the database `name` with all tables; the first worker of the run makes what all copy."""
    url = os.environ["DATABASE_URL"]
    with psycopg.connect(url, autocommit=True) as link:
        link.execute("SET lock_timeout = 0")
        link.execute("SELECT pg_advisory_lock(%s)", [COPYING])
        if _run_of_tables(link) != run:
            _begin(link, MADE)
            _migrate(url)
            link.execute(sql.SQL("COMMENT ON DATABASE {} IS {}").format(sql.Identifier(MADE), run))
        _begin(link, name, template=MADE)


def _run_of_tables(link: psycopg.Connection) -> str | None:
    found = link.execute(
        "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [MADE]
    ).fetchone()
    return found and found[0]


def _begin(link: psycopg.Connection, name: str, template: str = "template1") -> None:
    name, template = sql.Identifier(name), sql.Identifier(template)
    link.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))
    link.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(name, template))


def _migrate(url: str) -> None:
    there = url.replace(f"/{embedded.DATABASE}?", f"/{MADE}?", 1)
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "-v0"],
        cwd=server_folders.CHECKOUT,
        env=os.environ | {"DATABASE_URL": there},
        check=True,
    )
