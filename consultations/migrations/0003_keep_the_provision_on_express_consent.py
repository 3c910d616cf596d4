"""Keep on a consultation the provision that needs express consent: every line of it is under it,
one opened later too (rule 6.2).
"""

from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def keep_it(apps, schema_editor):
    """Take it from a line whose agency no other body manages: only it gives those a provision."""
    lines = (
        apps.get_model("consultations", "Opinion")
        .objects.filter(silence_rule="no_reply", agency__managed_by="")
        .exclude(silence_provision="")
        .order_by("id")
    )
    of_each = lines.filter(consultation=OuterRef("pk")).values("silence_provision")[:1]
    asked = apps.get_model("consultations", "Consultation").objects
    asked.filter(pk__in=lines.order_by().values("consultation")).update(
        express_consent=Subquery(of_each)
    )


class Migration(migrations.Migration):

    dependencies = [
        ("consultations", "0002_checklist_and_return_codes"),
    ]

    operations = [
        migrations.AddField(
            model_name="consultation",
            name="express_consent",
            field=models.CharField(
                blank=True,
                default="",
                help_text="Where it is named, silence stays silence on every line (rule 6.2).",
                max_length=300,
                verbose_name="provision that needs express consent",
            ),
            preserve_default=False,
        ),
        migrations.RunPython(keep_it, migrations.RunPython.noop),
    ]
