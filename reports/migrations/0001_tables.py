"""Every table of `reports`, folded from the steps it replaces: docs/design.md, "Migrations"."""

import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
from django.db import migrations, models

from agencies.migrating import CreateModels


class Migration(migrations.Migration):

    replaces = [
        ('reports', '0001_initial'),
        ('reports', '0002_cases_and_inspections'),
        ('reports', '0003_every_period_rows_of_their_own'),
        ('reports', '0004_briefings'),
    ]

    initial = True

    dependencies = [
        ('agencies', '0001_tables'),
        ('tasks', '0001_tables'),
        ('consultations', '0001_tables'),
    ]

    operations = [
        CreateModels(
            operations=[
                migrations.CreateModel(
                    name='PeriodicReport',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('week', 'week'), ('month', 'month'), ('quarter', 'quarter'), ('half', 'half-year'), ('year', 'year'), ('free', 'other days')], default='month', max_length=10)),
                        ('starts_at', models.DateTimeField(verbose_name='from')),
                        ('cut_off_at', models.DateTimeField(verbose_name='cut-off')),
                        ('send_by_at', models.DateTimeField(verbose_name='send by')),
                        ('built_at', models.DateTimeField(verbose_name='built at')),
                        ('figures', models.JSONField(default=dict)),
                        ('calendar', models.JSONField()),
                        ('narrative', models.JSONField(default=dict)),
                        ('state', models.CharField(choices=[('draft', 'draft'), ('approved', 'approved'), ('issued', 'issued')], default='draft', max_length=10)),
                        ('approved_at', models.DateTimeField(null=True)),
                        ('version', models.PositiveIntegerField(default=0)),
                        ('approved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                        ('paper', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.outgoingpaper')),
                    ],
                    options={
                        'verbose_name': 'periodic report',
                        'verbose_name_plural': 'periodic reports',
                        'ordering': ['-cut_off_at'],
                        'constraints': [
                            models.CheckConstraint(condition=models.Q(('cut_off_at__gt', models.F('starts_at'))), name='report_period_in_order'),
                            models.UniqueConstraint(fields=('kind', 'starts_at', 'cut_off_at'), name='one_report_a_period'),
                        ],
                        'triggers': [
                            pgtrigger.compiler.Trigger(name='figures_stay', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NOT (OLD."figures" = \'{}\'::jsonb) AND (OLD."figures" IS DISTINCT FROM (NEW."figures") OR OLD."calendar" IS DISTINCT FROM (NEW."calendar") OR OLD."starts_at" IS DISTINCT FROM (NEW."starts_at") OR OLD."cut_off_at" IS DISTINCT FROM (NEW."cut_off_at")))', func="RAISE EXCEPTION 'the figures of a report are frozen';", hash='5a7432705f9a44d2daa62e32d9b2dd0e905185c9', operation='UPDATE OF "figures", "calendar", "starts_at", "cut_off_at"', pgid='pgtrigger_figures_stay_b1645', table='reports_periodicreport', when='BEFORE')),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name='AccountabilityCase',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(max_length=20, unique=True, verbose_name='code')),
                        ('grounds', models.JSONField(default=list)),
                        ('summary', models.TextField(blank=True, verbose_name='what happened')),
                        ('drafted_at', models.DateTimeField(verbose_name='drafted')),
                        ('opened_at', models.DateTimeField(null=True)),
                        ('signatures_due_at', models.DateTimeField(null=True, verbose_name='to be signed by')),
                        ('signed_at', models.DateTimeField(null=True)),
                        ('dropped_at', models.DateTimeField(null=True)),
                        ('decided_at', models.DateTimeField(null=True, verbose_name='decided')),
                        ('decision_text', models.TextField(blank=True, verbose_name='what the Chair says')),
                        ('version', models.PositiveIntegerField(default=0)),
                        ('managed_by', models.CharField(blank=True, max_length=200, verbose_name='managing body')),
                        ('statement_due_at', models.DateTimeField(null=True, verbose_name='statement due')),
                        ('stated_at', models.DateTimeField(null=True)),
                        ('measure', models.CharField(blank=True, choices=[('none', 'no measure'), ('remind', 'reminder (nhắc nhở)'), ('criticise', 'criticism (phê bình)'), ('review', 'review of responsibility (kiểm điểm)'), ('discipline', 'disciplinary procedure (xử lý kỷ luật)'), ('replace', 'replacement or transfer (thay thế, điều chuyển)')], max_length=12, verbose_name='measure')),
                        ('review_due_on', models.DateField(null=True, verbose_name='report on the review by')),
                        ('outcome_number', models.CharField(blank=True, max_length=60, verbose_name='number of its decision')),
                        ('outcome_on', models.DateField(null=True, verbose_name='date of its decision')),
                        ('outcome_text', models.TextField(blank=True, verbose_name='what was decided there')),
                        ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='agencies.agency', verbose_name='agency')),
                        ('concerned', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post', verbose_name='head concerned')),
                        ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                        ('dossier', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='consultations.dossier', verbose_name='dossier of measures')),
                        ('paper', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)s', to='agencies.outgoingpaper')),
                        ('proposed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                        ('report', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='reports.periodicreport')),
                    ],
                    options={
                        'verbose_name': 'accountability case',
                        'verbose_name_plural': 'accountability cases',
                        'ordering': ['-drafted_at', '-id'],
                        'abstract': False,
                        'constraints': [
                            models.UniqueConstraint(condition=models.Q(('report__isnull', False)), fields=('report', 'agency'), name='one_case_a_report_and_agency'),
                            models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('measure', '')), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False), models.Q(('measure', ''), _negated=True)), _connector='OR'), name='decided_case_has_its_measure'),
                            models.CheckConstraint(condition=models.Q(('opened_at__isnull', True), ('statement_due_at__isnull', False), _connector='OR'), name='opened_case_asks_a_statement'),
                            models.CheckConstraint(condition=models.Q(('outcome_number', ''), models.Q(('managed_by', ''), _negated=True), _connector='OR'), name='only_a_managing_body_decides_elsewhere'),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name='Commendation',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(max_length=20, unique=True, verbose_name='code')),
                        ('grounds', models.JSONField(default=list)),
                        ('summary', models.TextField(blank=True, verbose_name='what happened')),
                        ('drafted_at', models.DateTimeField(verbose_name='drafted')),
                        ('opened_at', models.DateTimeField(null=True)),
                        ('signatures_due_at', models.DateTimeField(null=True, verbose_name='to be signed by')),
                        ('signed_at', models.DateTimeField(null=True)),
                        ('dropped_at', models.DateTimeField(null=True)),
                        ('decided_at', models.DateTimeField(null=True, verbose_name='decided')),
                        ('decision_text', models.TextField(blank=True, verbose_name='what the Chair says')),
                        ('version', models.PositiveIntegerField(default=0)),
                        ('measure', models.CharField(blank=True, choices=[('none', 'no commendation'), ('praise', 'praise (biểu dương)'), ('reward', 'reward (khen thưởng)')], max_length=12, verbose_name='decision')),
                        ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='agencies.agency', verbose_name='agency')),
                        ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                        ('paper', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)s', to='agencies.outgoingpaper')),
                        ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post', verbose_name='person')),
                        ('proposed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                        ('report', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='reports.periodicreport')),
                    ],
                    options={
                        'verbose_name': 'commendation',
                        'verbose_name_plural': 'commendations',
                        'ordering': ['-drafted_at', '-id'],
                        'abstract': False,
                        'constraints': [
                            models.UniqueConstraint(condition=models.Q(('report__isnull', False)), fields=('report', 'agency'), name='one_commendation_a_report_and_agency'),
                            models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('measure', '')), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False), models.Q(('measure', ''), _negated=True)), _connector='OR'), name='decided_commendation_has_its_measure'),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name='Inspection',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(max_length=20, unique=True, verbose_name='code')),
                        ('kind', models.CharField(choices=[('planned', 'planned'), ('surprise', 'surprise')], max_length=10, verbose_name='kind')),
                        ('subject', models.CharField(max_length=500, verbose_name='subject')),
                        ('basis', models.CharField(blank=True, max_length=300, verbose_name='basis')),
                        ('starts_on', models.DateField(verbose_name='from')),
                        ('ends_on', models.DateField(verbose_name='to')),
                        ('state', models.CharField(choices=[('planned', 'to be held'), ('under_way', 'under way'), ('concluded', 'concluded'), ('cancelled', 'cancelled')], default='planned', max_length=10, verbose_name='state')),
                        ('planned_at', models.DateTimeField()),
                        ('started_at', models.DateTimeField(null=True)),
                        ('concluded_at', models.DateTimeField(null=True)),
                        ('conclusion', models.TextField(blank=True, verbose_name='conclusion')),
                        ('view_of_agency', models.TextField(blank=True, verbose_name='view of the agency inspected')),
                        ('cancelled_at', models.DateTimeField(null=True)),
                        ('version', models.PositiveIntegerField(default=0)),
                        ('search_text', models.TextField(default='', editable=False)),
                        ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='inspections', to='agencies.agency', verbose_name='agency inspected')),
                        ('inspector', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency', verbose_name='inspected by')),
                        ('planned_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                        ('tasks', models.ManyToManyField(blank=True, related_name='+', to='tasks.task')),
                    ],
                    options={
                        'verbose_name': 'inspection',
                        'verbose_name_plural': 'inspections',
                        'ordering': ['-starts_on', '-id'],
                        'indexes': [
                            models.Index(fields=['agency', 'state'], name='reports_ins_agency__9629b9_idx'),
                        ],
                        'constraints': [
                            models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='inspection_days_in_order'),
                            models.CheckConstraint(condition=models.Q(models.Q(('state', 'concluded'), _negated=True), models.Q(('concluded_at__isnull', False), models.Q(('conclusion', ''), _negated=True)), _connector='OR'), name='concluded_inspection_says_what'),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name='Finding',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('text', models.TextField(verbose_name='what was found')),
                        ('rating', models.CharField(choices=[('good', 'well done'), ('fault', 'shortcoming'), ('breach', 'breach')], max_length=10, verbose_name='rating')),
                        ('found_at', models.DateTimeField()),
                        ('event', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.event')),
                        ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                        ('inspection', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='reports.inspection')),
                    ],
                    options={
                        'ordering': ['found_at', 'id'],
                    },
                ),
                migrations.CreateModel(
                    name='InspectionMember',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('role', models.CharField(choices=[('head', 'head of the team'), ('secretary', 'secretary'), ('member', 'member')], max_length=10, verbose_name='as')),
                        ('inspection', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='team', to='reports.inspection')),
                        ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                    ],
                    options={
                        'ordering': ['id'],
                        'constraints': [
                            models.UniqueConstraint(fields=('inspection', 'post'), name='in_the_team_once'),
                            models.UniqueConstraint(condition=models.Q(('role', 'head')), fields=('inspection',), name='one_head_of_the_team'),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name='Sifting',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('sifted_at', models.DateTimeField()),
                        ('report', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reports.periodicreport')),
                    ],
                ),
                migrations.CreateModel(
                    name='Signature',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('role', models.CharField(choices=[('chief', 'the office chief'), ('internal_affairs', 'the head of internal affairs')], max_length=20)),
                        ('measure', models.CharField(max_length=12, verbose_name='measure proposed')),
                        ('text', models.TextField(blank=True, verbose_name='opinion')),
                        ('signed_at', models.DateTimeField()),
                        ('case', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='signatures', to='reports.accountabilitycase')),
                        ('commendation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='signatures', to='reports.commendation')),
                        ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.event')),
                        ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                    ],
                    options={
                        'ordering': ['signed_at', 'id'],
                        'constraints': [
                            models.CheckConstraint(condition=models.Q(models.Q(('case__isnull', True), ('commendation__isnull', False)), models.Q(('case__isnull', False), ('commendation__isnull', True)), _connector='OR'), name='signature_is_under_one_matter'),
                            models.UniqueConstraint(fields=('case', 'role'), name='case_signed_once_a_role'),
                            models.UniqueConstraint(fields=('commendation', 'role'), name='commendation_signed_once_a_role'),
                        ],
                        'triggers': [
                            pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'rows of % are append-only', TG_TABLE_NAME;", hash='17e6862f280df1338a8f81112714886a99a2f359', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_b0234', table='reports_signature', when='BEFORE')),
                            pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                IF coalesce(current_setting('dondoc.testing', true), '') <> 'on' THEN\n                    RAISE EXCEPTION 'rows of % are append-only', TG_TABLE_NAME;\n                END IF;\n                RETURN NULL;\n            ", hash='7a86ae209466a8b373342e80ea556b4fcd8c1477', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_5ee5a', table='reports_signature', when='BEFORE')),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name='Statement',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('text', models.TextField(verbose_name="the agency's side")),
                        ('made_at', models.DateTimeField()),
                        ('case', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='statement', to='reports.accountabilitycase')),
                        ('event', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.event')),
                        ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                    ],
                    options={
                        'triggers': [
                            pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'rows of % are append-only', TG_TABLE_NAME;", hash='40e9b77b355762fcf059a6636fed4460ba12dd6a', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_46e93', table='reports_statement', when='BEFORE')),
                            pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                IF coalesce(current_setting('dondoc.testing', true), '') <> 'on' THEN\n                    RAISE EXCEPTION 'rows of % are append-only', TG_TABLE_NAME;\n                END IF;\n                RETURN NULL;\n            ", hash='6b5dadd6bca67492c5f9542e72f01a5a9b89f50d', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_9e628', table='reports_statement', when='BEFORE')),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name='StatementDraft',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('text', models.TextField(blank=True)),
                        ('saved_at', models.DateTimeField()),
                        ('version', models.PositiveIntegerField(default=0)),
                        ('case', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='draft', to='reports.accountabilitycase')),
                        ('saved_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                    ],
                ),
                migrations.CreateModel(
                    name='ReportRequest',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('first_day', models.DateField(verbose_name='from day')),
                        ('last_day', models.DateField(verbose_name='to the end of day')),
                        ('asked_at', models.DateTimeField()),
                        ('started_at', models.DateTimeField(null=True)),
                        ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                        ('report', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='requests', to='reports.periodicreport')),
                    ],
                    options={
                        'verbose_name': 'report asked for',
                        'verbose_name_plural': 'reports asked for',
                        'ordering': ['-asked_at', '-id'],
                        'constraints': [
                            models.CheckConstraint(condition=models.Q(('last_day__gte', models.F('first_day'))), name='report_request_days_in_order'),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name='ReportRow',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('of', models.CharField(max_length=20)),
                        ('place', models.PositiveIntegerField()),
                        ('agency', models.CharField(max_length=50)),
                        ('columns', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), size=None)),
                        ('data', models.JSONField()),
                        ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rows', to='reports.periodicreport')),
                    ],
                    options={
                        'ordering': ['place'],
                        'indexes': [
                            models.Index(fields=['report', 'of', 'agency'], name='report_rows_of_agency'),
                        ],
                        'constraints': [
                            models.UniqueConstraint(fields=('report', 'of', 'place'), name='report_row_once'),
                        ],
                        'triggers': [
                            pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'rows of % are append-only', TG_TABLE_NAME;", hash='013644799dfee33ce298726847f7883c1a2955b6', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_c9f5a', table='reports_reportrow', when='BEFORE')),
                            pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                IF coalesce(current_setting('dondoc.testing', true), '') <> 'on' THEN\n                    RAISE EXCEPTION 'rows of % are append-only', TG_TABLE_NAME;\n                END IF;\n                RETURN NULL;\n            ", hash='d8e4c8caa5cec3228cbd0e6e184d9c962cacff01', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_1cb32', table='reports_reportrow', when='BEFORE')),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name='UpwardReport',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('narrative', models.JSONField(default=dict)),
                        ('state', models.CharField(choices=[('draft', 'draft'), ('approved', 'approved'), ('issued', 'issued')], default='draft', max_length=10)),
                        ('approved_at', models.DateTimeField(null=True)),
                        ('version', models.PositiveIntegerField(default=0)),
                        ('approved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                        ('paper', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.outgoingpaper')),
                        ('report', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='upward', to='reports.periodicreport')),
                    ],
                    options={
                        'verbose_name': 'report upward',
                        'verbose_name_plural': 'reports upward',
                    },
                ),
                migrations.CreateModel(
                    name='Briefing',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('title', models.CharField(max_length=300, verbose_name='meeting')),
                        ('held_on', models.DateField(verbose_name='day')),
                        ('present', models.TextField(blank=True, verbose_name='present')),
                        ('opened_at', models.DateTimeField()),
                        ('closed_at', models.DateTimeField(null=True)),
                        ('is_running', models.BooleanField(default=True)),
                        ('opening', models.TextField(blank=True, verbose_name='opening')),
                        ('assessment', models.TextField(blank=True, verbose_name='general assessment')),
                        ('follow_up', models.TextField(blank=True, verbose_name='what the Office follows up')),
                        ('closing', models.TextField(blank=True, verbose_name='closing')),
                        ('version', models.PositiveIntegerField(default=0)),
                        ('chaired_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post', verbose_name='chaired by')),
                        ('directive', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='briefing', to='tasks.directive')),
                        ('opened_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                        ('paper', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='briefing', to='agencies.outgoingpaper')),
                    ],
                    options={
                        'verbose_name': 'briefing',
                        'verbose_name_plural': 'briefings',
                        'ordering': ['-held_on', '-id'],
                        'constraints': [
                            models.UniqueConstraint(condition=models.Q(('is_running', True)), fields=('is_running',), name='one_briefing_at_a_time'),
                            models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', True), ('is_running', True)), models.Q(('closed_at__isnull', False), ('is_running', False)), _connector='OR'), name='running_briefing_is_not_closed'),
                            models.CheckConstraint(condition=models.Q(('paper__isnull', True), ('closed_at__isnull', False), _connector='OR'), name='notice_of_a_closed_briefing'),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name='BriefingDecision',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('deadline', 'new deadline'), ('answer', 'answer to a difficulty'), ('urging', 'urging drafted'), ('free', 'decision')], max_length=10)),
                        ('text', models.TextField(verbose_name='decision')),
                        ('due_on', models.DateField(blank=True, null=True, verbose_name='deadline: the last day in time')),
                        ('made_at', models.DateTimeField()),
                        ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency', verbose_name='lead agency')),
                        ('briefing', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='reports.briefing')),
                        ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                        ('obstacle', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tasks.obstacle')),
                        ('task', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tasks.task')),
                        ('urging', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tasks.urging')),
                    ],
                    options={
                        'verbose_name': 'decision of a briefing',
                        'verbose_name_plural': 'decisions of briefings',
                        'ordering': ['agency__kind__order', 'agency__order', 'made_at', 'id'],
                    },
                ),
            ],
        ),
    ]
