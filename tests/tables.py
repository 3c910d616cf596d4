"""The tables of a run: made once by migrations, copied for each of xdist's workers, and put back
as they were after each test that commits.
"""

import os
import subprocess
import sys

import psycopg
from django.db import connection
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
        [sys.executable, "manage.py", "migrate", "-v0", "--skip-checks"],
        cwd=server_folders.CHECKOUT,
        env=os.environ | {"DATABASE_URL": there},
        check=True,
    )


# The schema `kept` holds a copy of each table that has rows in the beginning. Emptying by DELETE
# what has rows costs a tenth of a TRUNCATE of all tables; under the role of a replica neither
# foreign keys nor the triggers that refuse or record a deletion ask. The lock waits for whoever
# still writes, as a TRUNCATE would.
KEEP = """
DROP SCHEMA IF EXISTS kept CASCADE;
CREATE SCHEMA kept;
CREATE VIEW kept.names AS
  SELECT relname AS name, oid FROM pg_class
  WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> 'django_migrations';
DO $$
DECLARE
  table_name text;
  has_rows boolean;
BEGIN
  FOR table_name IN SELECT name FROM kept.names LOOP
    EXECUTE format('SELECT EXISTS (SELECT FROM public.%I)', table_name) INTO has_rows;
    IF has_rows THEN
      EXECUTE format('CREATE TABLE kept.%I AS TABLE public.%I', table_name, table_name);
    END IF;
  END LOOP;
END $$;
CREATE FUNCTION kept.bring_back() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  table_name text;
  differs boolean;
BEGIN
  SET LOCAL session_replication_role = replica;
  EXECUTE (SELECT format('LOCK TABLE %s IN SHARE ROW EXCLUSIVE MODE',
                         string_agg(format('public.%I', name), ', ')) FROM kept.names);
  FOR table_name IN SELECT name FROM kept.names WHERE pg_relation_size(oid) > 0 LOOP
    IF to_regclass(format('kept.%I', table_name)) IS NULL THEN
      EXECUTE format('DELETE FROM public.%I', table_name);
      CONTINUE;
    END IF;
    EXECUTE format('SELECT EXISTS ((TABLE public.%1$I EXCEPT ALL TABLE kept.%1$I)'
                   ' UNION ALL (TABLE kept.%1$I EXCEPT ALL TABLE public.%1$I))', table_name)
      INTO differs;
    IF differs THEN
      EXECUTE format('DELETE FROM public.%I', table_name);
      EXECUTE format('INSERT INTO public.%I TABLE kept.%I', table_name, table_name);
    END IF;
  END LOOP;
END $$;
"""


def keep_rows() -> None:
    """Remember the rows there are: those that migrations inserted."""
    with connection.cursor() as cursor:
        cursor.execute(KEEP)


def bring_back_rows() -> None:
    """Leave the rows remembered, and no others."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT kept.bring_back()")
