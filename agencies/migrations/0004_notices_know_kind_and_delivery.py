"""Notices keep their kind and how they were owed; what was mailed at once stays known as such."""

from django.db import migrations, models

KEEP = "UPDATE agencies_notice SET delivery = 'at_once' WHERE is_immediate"
GIVE_BACK = "UPDATE agencies_notice SET is_immediate = (delivery = 'at_once')"


class Migration(migrations.Migration):
    dependencies = [("agencies", "0003_delegations_end_early")]

    operations = [
        migrations.AddField(
            model_name="notice",
            name="delivery",
            field=models.CharField(
                choices=[
                    ("at_once", "e-mail at once"),
                    ("digest", "in the daily digest"),
                    ("app", "in the application only"),
                ],
                default="digest",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="notice",
            name="kind",
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AddField(
            model_name="notice",
            name="lines",
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.RunSQL(KEEP, GIVE_BACK),
        migrations.RemoveField(model_name="notice", name="is_immediate"),
    ]
