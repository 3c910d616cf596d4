"""Let the chief refuse an entry from paper, and an agency on paper answer results and marks (2.7)."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0003_index_when_events_were_recorded'),
        ('consultations', '0003_keep_the_provision_on_express_consent'),
    ]

    operations = [
        migrations.CreateModel(
            name='PaperAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('confirmed', 'confirms the result'), ('objected', 'still objects'), ('contested', 'contests the mark')], max_length=10)),
                ('text', models.TextField(blank=True)),
                ('document_number', models.CharField(max_length=60, verbose_name='document number')),
                ('document_on', models.DateField(verbose_name='date')),
                ('signer', models.CharField(blank=True, max_length=150, verbose_name='signer')),
                ('received_at', models.DateTimeField()),
                ('entered_at', models.DateTimeField()),
            ],
            options={
                'ordering': ['entered_at', 'id'],
            },
        ),
        migrations.RenameField(
            model_name='papercheck',
            old_name='confirmed_at',
            new_name='checked_at',
        ),
        migrations.RenameField(
            model_name='papercheck',
            old_name='confirmed_by',
            new_name='checked_by',
        ),
        migrations.AddField(
            model_name='papercheck',
            name='decision',
            field=models.CharField(choices=[('confirmed', 'confirmed'), ('refused', 'refused')], default='confirmed', max_length=10),
        ),
        migrations.AddField(
            model_name='papercheck',
            name='reason',
            field=models.TextField(blank=True, verbose_name='reason'),
        ),
        migrations.AddField(
            model_name='reconciliation',
            name='entered_at',
            field=models.DateTimeField(help_text='When a clerk entered the answer from paper; empty otherwise.', null=True),
        ),
        migrations.AddField(
            model_name='reconciliation',
            name='register_until',
            field=models.DateTimeField(help_text='Until then a paper answer may still be found in the register (rule 2.7).', null=True),
        ),
        migrations.AddField(
            model_name='reconciliation',
            name='swept_at',
            field=models.DateTimeField(help_text='When the sweep was done with its silence: it looks no more, decides nothing.', null=True),
        ),
        migrations.AlterField(
            model_name='papercheck',
            name='reply',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='paper_check', to='consultations.reply'),
        ),
        migrations.AddIndex(
            model_name='reconciliation',
            index=models.Index(condition=models.Q(('responded_at__isnull', True), ('swept_at__isnull', True)), fields=['due_at'], name='result_to_sweep'),
        ),
        migrations.AddField(
            model_name='paperanswer',
            name='event',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.event'),
        ),
        migrations.AddField(
            model_name='paperanswer',
            name='mark',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='paper_answers', to='consultations.poormark'),
        ),
        migrations.AddField(
            model_name='paperanswer',
            name='opinion',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='paper_answers', to='consultations.opinion'),
        ),
        migrations.AddField(
            model_name='paperanswer',
            name='post',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post'),
        ),
        migrations.AddField(
            model_name='paperanswer',
            name='reconciliation',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='paper_answers', to='consultations.reconciliation'),
        ),
        migrations.AddField(
            model_name='papercheck',
            name='answer',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='paper_check', to='consultations.paperanswer'),
        ),
        migrations.AddConstraint(
            model_name='papercheck',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer__isnull', True), ('reply__isnull', False)), models.Q(('answer__isnull', False), ('reply__isnull', True)), _connector='OR'), name='paper_check_of_one_entry'),
        ),
        migrations.AddConstraint(
            model_name='papercheck',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decision', 'refused'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='refused_paper_says_why'),
        ),
        migrations.AddConstraint(
            model_name='paperanswer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'contested'), ('mark__isnull', False), ('reconciliation__isnull', True)), models.Q(models.Q(('kind', 'contested'), _negated=True), ('mark__isnull', True), ('reconciliation__isnull', False)), _connector='OR'), name='paper_answers_a_result_or_a_mark'),
        ),
        migrations.AddConstraint(
            model_name='paperanswer',
            constraint=models.CheckConstraint(condition=models.Q(('entered_at__gte', models.F('received_at'))), name='paper_answer_entered_after_it_came'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='paperanswer',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'rows of % are append-only', TG_TABLE_NAME;", hash='7c3a7c519e1225b704ed115ed4266fdc12da6ebe', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_9344b', table='consultations_paperanswer', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='paperanswer',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                IF coalesce(current_setting('dondoc.testing', true), '') <> 'on' THEN\n                    RAISE EXCEPTION 'rows of % are append-only', TG_TABLE_NAME;\n                END IF;\n                RETURN NULL;\n            ", hash='7b968fffa4a948abe5a5648082d852d8222b7b25', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_d6198', table='consultations_paperanswer', when='BEFORE')),
        ),
    ]
