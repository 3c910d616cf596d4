"""Say since when each agency helps with a task, and until when: from facts that are kept."""

from django.db import migrations, models
from django.db.models import F, OuterRef, Q, Subquery


def date_what_stands(apps, schema_editor):
    """Date each share from the task's assignment, or from the act that made the agency help."""
    Coordination = apps.get_model("tasks", "Coordination")
    Task = apps.get_model("tasks", "Task")
    given = Task.objects.filter(pk=OuterRef("task")).values("assigned_at")[:1]
    Coordination.objects.update(asked_at=Subquery(given))
    _date_successors(apps)
    _date_joiners(apps)
    # A row changed twice leaves a check of its keys behind, and nothing may wait at the next step.
    schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def _date_successors(apps):
    """A successor helps from the moment the closed agency's share moved (rule 2.5)."""
    Coordination = apps.get_model("tasks", "Coordination")
    Move = apps.get_model("agencies", "ReorganisationMove")
    kind = {"thing_type__app_label": "tasks", "thing_type__model": "coordination"}
    moves = Move.objects.filter(**kind).exclude(new_id=F("thing_id"))
    for new_id, at in moves.values_list("new_id", "reorganisation__moved_at"):
        Coordination.objects.filter(pk=new_id).update(asked_at=at)


def _date_joiners(apps):
    """Whom a correction let help (rule 4.5) helps from then on; its event names it."""
    Coordination = apps.get_model("tasks", "Coordination")
    Event = apps.get_model("agencies", "Event")
    corrections = Event.objects.filter(
        act="task.corrected", thing_type__app_label="tasks", thing_type__model="task",
        params__changes__contains=[["coordinating"]],
    ).order_by("effective_at", "pk")  # fmt: skip
    for task_id, at, params in corrections.values_list("thing_id", "effective_at", "params"):
        for name, old, new in params["changes"]:
            if name == "coordinating":
                joined = set(new.split(", ")) - set(old.split(", "))
                rows = Coordination.objects.filter(task=task_id, agency__short_name__in=joined)
                rows.update(asked_at=at)


class Migration(migrations.Migration):

    dependencies = [
        ("agencies", "0003_index_when_events_were_recorded"),
        ("tasks", "0001_tables"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="coordination", name="coordinates_once"),
        migrations.AddField(
            model_name="coordination",
            name="asked_at",
            field=models.DateTimeField(null=True, verbose_name="asked since"),
        ),
        migrations.AddField(
            model_name="coordination",
            name="left_at",
            field=models.DateTimeField(
                help_text="From then on the agency helps no longer (rule 4.5).", null=True
            ),
        ),
        migrations.RunPython(date_what_stands, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="coordination",
            name="asked_at",
            field=models.DateTimeField(verbose_name="asked since"),
        ),
        migrations.AddConstraint(
            model_name="coordination",
            constraint=models.UniqueConstraint(
                condition=Q(("left_at__isnull", True), ("moved_at__isnull", True)),
                fields=("task", "agency"),
                name="coordinates_once_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="coordination",
            constraint=models.CheckConstraint(
                condition=Q(
                    ("left_at__isnull", True), ("left_at__gte", F("asked_at")), _connector="OR"
                ),
                name="helper_leaves_after_it_was_asked",
            ),
        ),
    ]
