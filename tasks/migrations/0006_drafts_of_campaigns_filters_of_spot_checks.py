import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0002_reorganisation_regulations_choices'),
        ('tasks', '0005_imported_rows_are_put_right'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='reviewcampaign',
            options={'ordering': ['-drafted_at', '-id'], 'verbose_name': 'review campaign', 'verbose_name_plural': 'review campaigns'},
        ),
        migrations.AddField(
            model_name='campaignentry',
            name='checked',
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name='reviewcampaign',
            name='arithmetic',
            field=models.JSONField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='reviewcampaign',
            name='asked_agencies',
            field=models.ManyToManyField(blank=True, related_name='+', to='agencies.agency'),
        ),
        migrations.AddField(
            model_name='reviewcampaign',
            name='asked_groups',
            field=models.ManyToManyField(blank=True, related_name='+', to='agencies.agencygroup'),
        ),
        migrations.AddField(
            model_name='reviewcampaign',
            name='drafted_at',
            field=models.DateTimeField(default=django.utils.timezone.now),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='reviewcampaign',
            name='drafted_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post'),
        ),
        migrations.AddField(
            model_name='reviewcampaign',
            name='version',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AlterField(
            model_name='reviewcampaign',
            name='opened_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='spotcheck',
            name='agency',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency'),
        ),
        migrations.AddField(
            model_name='spotcheck',
            name='competence',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.competence'),
        ),
        migrations.AddField(
            model_name='spotcheckitem',
            name='doubted_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='spotcheckitem',
            name='doubted_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post'),
        ),
    ]
