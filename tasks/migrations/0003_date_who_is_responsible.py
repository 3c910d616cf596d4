"""Keep who is responsible for a task beside how it is classified, from an instant on."""

import django.db.models.deletion
from django.db import migrations, models

NAMED = """
    UPDATE tasks_classificationrow AS row SET responsible_id = task.responsible_id
    FROM tasks_task AS task
    WHERE task.id = row.task_id AND task.responsible_id IS NOT NULL
"""


def name_who_is(apps, schema_editor):
    """Write on the rows there are who is responsible now: who was before is kept nowhere else.

    The rows refuse every change; this fills a column they did not have.
    """
    schema_editor.execute("ALTER TABLE tasks_classificationrow DISABLE TRIGGER USER")
    schema_editor.execute(NAMED)
    # Checks of keys would wait for the end, and nothing may wait when a table is altered.
    schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    schema_editor.execute("ALTER TABLE tasks_classificationrow ENABLE TRIGGER USER")


class Migration(migrations.Migration):

    dependencies = [
        ("agencies", "0003_index_when_events_were_recorded"),
        ("tasks", "0002_date_the_help_of_agencies"),
    ]

    operations = [
        migrations.AddField(
            model_name="classificationrow",
            name="responsible",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="agencies.post",
            ),
        ),
        migrations.RunPython(name_who_is, migrations.RunPython.noop),
    ]
