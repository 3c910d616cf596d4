"""Rows that are written once: the database itself refuses to change or remove them (domain 11)."""

import pgtrigger


def append_only() -> list[pgtrigger.Trigger]:
    """Triggers that refuse UPDATE, DELETE and TRUNCATE on a table.

    Tests empty tables between cases: their connections carry `dondoc.testing=on`, which only
    lets TRUNCATE pass; UPDATE and DELETE are refused there too.
    """
    return [
        pgtrigger.Trigger(
            name="append_only",
            operation=pgtrigger.Update | pgtrigger.Delete,
            when=pgtrigger.Before,
            func="RAISE EXCEPTION 'rows of % are append-only', TG_TABLE_NAME;",
        ),
        pgtrigger.Trigger(
            name="no_truncate",
            operation=pgtrigger.Truncate,
            level=pgtrigger.Statement,
            when=pgtrigger.Before,
            func="""
                IF coalesce(current_setting('dondoc.testing', true), '') <> 'on' THEN
                    RAISE EXCEPTION 'rows of % are append-only', TG_TABLE_NAME;
                END IF;
                RETURN NULL;
            """,
        ),
    ]
