"""Mail is given up, and known as such, when its person may no longer see its thing."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("agencies", "0004_notices_know_kind_and_delivery")]

    operations = [
        migrations.AddField(
            model_name="notice",
            name="dropped_at",
            field=models.DateTimeField(null=True),
        )
    ]
