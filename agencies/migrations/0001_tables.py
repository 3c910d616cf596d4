"""Every table of `agencies`, folded from the steps it replaces: docs/design.md, "Migrations"."""

import agencies.models.attachment
import agencies.models.setting
import django.contrib.auth.validators
import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import uuid
from django.conf import settings
from django.db import migrations, models

from agencies.migrating import CreateModels


class Migration(migrations.Migration):

    replaces = [
        ('agencies', '0001_initial'),
        ('agencies', '0002_reorganisation_regulations_choices'),
        ('agencies', '0003_delegations_end_early'),
        ('agencies', '0004_notices_know_kind_and_delivery'),
        ('agencies', '0005_mail_that_was_given_up'),
        ('agencies', '0006_moves_say_what_and_where'),
        ('agencies', '0007_reports_upward_and_acts_reaching_back'),
        ('agencies', '0008_notices_have_a_series'),
    ]

    initial = True

    dependencies = [
        ('contenttypes', '0002_remove_content_type_name'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        CreateModels(
            operations=[
                migrations.CreateModel(
                    name='User',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('password', models.CharField(max_length=128, verbose_name='password')),
                        ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                        ('username', models.CharField(max_length=60, unique=True, validators=[django.contrib.auth.validators.UnicodeUsernameValidator()], verbose_name='user name')),
                        ('full_name', models.CharField(max_length=150, verbose_name='full name')),
                        ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                        ('phone', models.CharField(blank=True, max_length=30, verbose_name='telephone')),
                        ('language', models.CharField(default='vi', max_length=5, verbose_name='language')),
                        ('is_active', models.BooleanField(default=True, verbose_name='may log in')),
                        ('must_change_password', models.BooleanField(default=False, verbose_name='must change the password')),
                        ('name_key', models.CharField(db_index=True, default='', editable=False, max_length=200)),
                        ('search_text', models.TextField(default='', editable=False)),
                    ],
                    options={
                        'verbose_name': 'user',
                        'verbose_name_plural': 'users',
                        'ordering': ['name_key'],
                    },
                ),
                migrations.CreateModel(
                    name='AgencyKind',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.SlugField(unique=True, verbose_name='code')),
                        ('name', models.CharField(max_length=100, verbose_name='name')),
                        ('order', models.PositiveSmallIntegerField(default=0, verbose_name='official order')),
                    ],
                    options={
                        'verbose_name': 'kind of agency',
                        'verbose_name_plural': 'kinds of agencies',
                        'ordering': ['order', 'code'],
                    },
                ),
                migrations.CreateModel(
                    name='Competence',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.SlugField(unique=True, verbose_name='code')),
                        ('name', models.CharField(max_length=200, verbose_name='name')),
                        ('words', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=100), blank=True, default=list, size=None)),
                    ],
                    options={
                        'verbose_name': 'competence',
                        'verbose_name_plural': 'competences',
                        'ordering': ['name'],
                    },
                ),
                migrations.CreateModel(
                    name='Heartbeat',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('job', models.CharField(max_length=60, unique=True)),
                        ('every_seconds', models.PositiveIntegerField()),
                        ('started_at', models.DateTimeField()),
                        ('finished_at', models.DateTimeField(null=True)),
                        ('error', models.TextField(blank=True)),
                    ],
                    options={
                        'ordering': ['job'],
                    },
                ),
                migrations.CreateModel(
                    name='Agency',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.SlugField(unique=True, verbose_name='code')),
                        ('name', models.CharField(max_length=200, verbose_name='official name')),
                        ('short_name', models.CharField(max_length=100, verbose_name='short name')),
                        ('aliases', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), blank=True, default=list, size=None)),
                        ('order', models.PositiveSmallIntegerField(default=0, verbose_name='official order')),
                        ('opened_on', models.DateField(blank=True, null=True, verbose_name='opened on')),
                        ('closed_on', models.DateField(blank=True, null=True, verbose_name='closed from')),
                        ('managed_by', models.CharField(blank=True, help_text='Against it the program records recommendations to that body (rule 2.6).', max_length=200, verbose_name='managed by another body')),
                        ('search_text', models.TextField(default='', editable=False)),
                        ('successors', models.ManyToManyField(blank=True, related_name='predecessors', to='agencies.agency')),
                        ('kind', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='agencies.agencykind', verbose_name='kind')),
                        ('competences', models.ManyToManyField(related_name='agencies', through='agencies.AgencyCompetence', to='agencies.competence')),
                    ],
                    options={
                        'verbose_name': 'agency',
                        'verbose_name_plural': 'agencies',
                        'ordering': ['kind__order', 'order', 'name'],
                        'constraints': [
                            models.CheckConstraint(condition=models.Q(('closed_on__isnull', True), ('opened_on__isnull', True), ('closed_on__gt', models.F('opened_on')), _connector='OR'), name='agency_closes_after_it_opens'),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name='AgencyGroup',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.SlugField(unique=True, verbose_name='code')),
                        ('name', models.CharField(max_length=200, verbose_name='name')),
                        ('aliases', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), blank=True, default=list, size=None)),
                        ('kinds', models.ManyToManyField(related_name='groups', to='agencies.agencykind', verbose_name='kinds')),
                    ],
                    options={
                        'verbose_name': 'group of agencies',
                        'verbose_name_plural': 'groups of agencies',
                        'ordering': ['name'],
                    },
                ),
                migrations.CreateModel(
                    name='CalendarDay',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('day', models.DateField(unique=True, verbose_name='day')),
                        ('kind', models.CharField(choices=[('off', 'day off'), ('worked', 'worked day')], max_length=10, verbose_name='kind')),
                        ('name', models.CharField(max_length=150, verbose_name='name')),
                        ('source', models.CharField(blank=True, max_length=200, verbose_name='source')),
                        ('proposed_at', models.DateTimeField(verbose_name='proposed at')),
                        ('confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='confirmed at')),
                        ('confirmed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'verbose_name': 'calendar day',
                        'verbose_name_plural': 'calendar days',
                        'ordering': ['day'],
                        'triggers': [
                            pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "agencies_calendardayevent" ("confirmed_at", "confirmed_by_id", "day", "id", "kind", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "source") VALUES (NEW."confirmed_at", NEW."confirmed_by_id", NEW."day", NEW."id", NEW."kind", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."proposed_at", NEW."source"); RETURN NULL;', hash='fb75221b012d273d0d823a32ec49096cae1b0d69', operation='INSERT', pgid='pgtrigger_insert_insert_06a87', table='agencies_calendarday', when='AFTER')),
                            pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "agencies_calendardayevent" ("confirmed_at", "confirmed_by_id", "day", "id", "kind", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "source") VALUES (NEW."confirmed_at", NEW."confirmed_by_id", NEW."day", NEW."id", NEW."kind", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."proposed_at", NEW."source"); RETURN NULL;', hash='a69492b8aec8c1cb3f84a626eb47db3d14945487', operation='UPDATE', pgid='pgtrigger_update_update_df833', table='agencies_calendarday', when='AFTER')),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name='CalendarDayEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('day', models.DateField(verbose_name='day')),
                        ('kind', models.CharField(choices=[('off', 'day off'), ('worked', 'worked day')], max_length=10, verbose_name='kind')),
                        ('name', models.CharField(max_length=150, verbose_name='name')),
                        ('source', models.CharField(blank=True, max_length=200, verbose_name='source')),
                        ('proposed_at', models.DateTimeField(verbose_name='proposed at')),
                        ('confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='confirmed at')),
                        ('confirmed_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='agencies.calendarday')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='CodeCounter',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('prefix', models.CharField(max_length=5)),
                        ('year', models.PositiveSmallIntegerField()),
                        ('last_number', models.PositiveIntegerField(default=0)),
                    ],
                    options={
                        'constraints': [
                            models.UniqueConstraint(fields=('prefix', 'year'), name='one_counter_a_year'),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name='PaperSeries',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('suffix', models.CharField(max_length=40)),
                        ('year', models.PositiveSmallIntegerField()),
                        ('last_number', models.PositiveIntegerField(default=0)),
                        ('issuer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                    ],
                    options={
                        'constraints': [
                            models.UniqueConstraint(fields=('issuer', 'suffix', 'year'), name='one_series_a_year'),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name='PostTitle',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=100, unique=True, verbose_name='title')),
                        ('functions', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('leader', 'district leader'), ('office_chief', 'office chief'), ('officer', 'office officer'), ('agency_head', 'agency head'), ('agency_staff', 'agency staff'), ('clerk', 'clerk'), ('internal_affairs_head', 'internal affairs head'), ('chief_inspector', 'chief inspector'), ('emulation_board', 'emulation board'), ('administrator', 'system administrator')], max_length=40), size=None, verbose_name='functions')),
                        ('is_deputy', models.BooleanField(default=False, help_text='Acts for the head (KT.) without a delegation.', verbose_name='deputy')),
                        ('rank', models.PositiveSmallIntegerField(default=0, verbose_name='order within the agency')),
                        ('head_title', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='agencies.posttitle', verbose_name='title of the head it deputizes for')),
                    ],
                    options={
                        'verbose_name': 'title',
                        'verbose_name_plural': 'titles',
                        'ordering': ['rank', 'name'],
                    },
                ),
                migrations.CreateModel(
                    name='Post',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('starts_on', models.DateField(verbose_name='from')),
                        ('ends_on', models.DateField(blank=True, null=True, verbose_name='to (last day)')),
                        ('is_acting', models.BooleanField(default=False, verbose_name='acting (Q.)')),
                        ('agencies', models.ManyToManyField(blank=True, related_name='+', to='agencies.agency', verbose_name='portfolio: agencies')),
                        ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='posts', to='agencies.agency')),
                        ('competences', models.ManyToManyField(blank=True, related_name='+', to='agencies.competence', verbose_name='portfolio: competences')),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='posts', to=settings.AUTH_USER_MODEL)),
                        ('title', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='agencies.posttitle', verbose_name='title')),
                    ],
                    options={
                        'verbose_name': 'post',
                        'verbose_name_plural': 'posts',
                        'ordering': ['agency__kind__order', 'agency__order', 'title__rank', 'user__name_key'],
                        'constraints': [
                            models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='post_ends_after_it_starts'),
                            models.UniqueConstraint(fields=('user', 'agency', 'title', 'starts_on'), name='post_once'),
                        ],
                        'triggers': [
                            pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "agencies_postevent" ("agency_id", "ends_on", "id", "is_acting", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "title_id", "user_id") VALUES (NEW."agency_id", NEW."ends_on", NEW."id", NEW."is_acting", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."starts_on", NEW."title_id", NEW."user_id"); RETURN NULL;', hash='9c8d5aefd805975e442da52a96f17c15eb3cd31c', operation='INSERT', pgid='pgtrigger_insert_insert_6b99c', table='agencies_post', when='AFTER')),
                            pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "agencies_postevent" ("agency_id", "ends_on", "id", "is_acting", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "title_id", "user_id") VALUES (NEW."agency_id", NEW."ends_on", NEW."id", NEW."is_acting", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."starts_on", NEW."title_id", NEW."user_id"); RETURN NULL;', hash='86bde39148151bee258118fceebf2ca469abdcbc', operation='UPDATE', pgid='pgtrigger_update_update_3ffde', table='agencies_post', when='AFTER')),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name='Delegation',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('acts', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), blank=True, default=list, help_text='Beginnings of act codes, for example consultation.; empty means all.', size=None)),
                        ('starts_on', models.DateField(verbose_name='from')),
                        ('ends_on', models.DateField(verbose_name='to (last day)')),
                        ('document_number', models.CharField(max_length=60, verbose_name='number of the authorisation')),
                        ('from_post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='delegations_given', to='agencies.post')),
                        ('to_post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='delegations_held', to='agencies.post')),
                        ('ended_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='ended early at')),
                    ],
                    options={
                        'verbose_name': 'delegation',
                        'verbose_name_plural': 'delegations',
                        'ordering': ['-starts_on'],
                        'constraints': [
                            models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='delegation_ends_after_it_starts'),
                            models.CheckConstraint(condition=models.Q(('from_post', models.F('to_post')), _negated=True), name='delegation_to_somebody_else'),
                        ],
                        'triggers': [
                            pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "agencies_delegationevent" ("acts", "document_number", "ended_at", "ends_on", "from_post_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "to_post_id") VALUES (NEW."acts", NEW."document_number", NEW."ended_at", NEW."ends_on", NEW."from_post_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."starts_on", NEW."to_post_id"); RETURN NULL;', hash='d529a331e29537076310870122e14bccdbe9477c', operation='INSERT', pgid='pgtrigger_insert_insert_a1e0d', table='agencies_delegation', when='AFTER')),
                            pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "agencies_delegationevent" ("acts", "document_number", "ended_at", "ends_on", "from_post_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "to_post_id") VALUES (NEW."acts", NEW."document_number", NEW."ended_at", NEW."ends_on", NEW."from_post_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."starts_on", NEW."to_post_id"); RETURN NULL;', hash='54d6b5484ea97038fd6e13884584e3e26ed17408', operation='UPDATE', pgid='pgtrigger_update_update_089aa', table='agencies_delegation', when='AFTER')),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name='AgencyCompetence',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('agency', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='agencies.agency')),
                        ('competence', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='agencies.competence')),
                        ('responsible', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='agencies.post')),
                    ],
                    options={
                        'verbose_name': 'competence of an agency',
                        'verbose_name_plural': 'competences of agencies',
                        'constraints': [
                            models.UniqueConstraint(fields=('agency', 'competence'), name='competence_once_an_agency'),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name='Event',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('act', models.CharField(max_length=60)),
                        ('params', models.JSONField(default=dict)),
                        ('thing_id', models.BigIntegerField()),
                        ('thing_text', models.CharField(max_length=300)),
                        ('thing_url', models.CharField(max_length=300)),
                        ('capacity', models.CharField(blank=True, max_length=5)),
                        ('effective_at', models.DateTimeField()),
                        ('recorded_at', models.DateTimeField()),
                        ('key', models.CharField(max_length=200, null=True, unique=True)),
                        ('actor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('delegation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.delegation')),
                        ('thing_type', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contenttypes.contenttype')),
                        ('on_behalf_of', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                        ('post', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                    ],
                    options={
                        'ordering': ['effective_at', 'id'],
                        'indexes': [
                            models.Index(fields=['thing_type', 'thing_id', 'effective_at'], name='agencies_ev_thing_t_eb97d6_idx'),
                            models.Index(condition=models.Q(('recorded_at__gt', models.F('effective_at'))), fields=['recorded_at'], name='event_reaching_back'),
                        ],
                        'triggers': [
                            pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'rows of % are append-only', TG_TABLE_NAME;", hash='ac9acbbb45a7f84af1f3ece9d5e9e436484a7188', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_4881e', table='agencies_event', when='BEFORE')),
                            pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                IF coalesce(current_setting('dondoc.testing', true), '') <> 'on' THEN\n                    RAISE EXCEPTION 'rows of % are append-only', TG_TABLE_NAME;\n                END IF;\n                RETURN NULL;\n            ", hash='dad29044b7a048307e9e4edce166f7f3493fba89', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_5ccff', table='agencies_event', when='BEFORE')),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name='Attachment',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('thing_id', models.BigIntegerField()),
                        ('role', models.CharField(max_length=30)),
                        ('file', models.FileField(max_length=200, upload_to=agencies.models.attachment.stored_name)),
                        ('name', models.CharField(max_length=255)),
                        ('size', models.PositiveBigIntegerField()),
                        ('content_type', models.CharField(max_length=100)),
                        ('sha256', models.CharField(max_length=64)),
                        ('uploaded_at', models.DateTimeField()),
                        ('thing_type', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contenttypes.contenttype')),
                        ('uploaded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('event', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='files', to='agencies.event')),
                    ],
                    options={
                        'ordering': ['id'],
                        'indexes': [
                            models.Index(fields=['thing_type', 'thing_id'], name='agencies_at_thing_t_0bfdcc_idx'),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name='Notice',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('channel', models.CharField(choices=[('app', 'in the application'), ('mail', 'e-mail')], max_length=4)),
                        ('occasion', models.CharField(max_length=200)),
                        ('thing_id', models.BigIntegerField(null=True)),
                        ('subject', models.CharField(blank=True, max_length=300)),
                        ('text', models.TextField(blank=True)),
                        ('url', models.CharField(blank=True, max_length=300)),
                        ('created_at', models.DateTimeField()),
                        ('read_at', models.DateTimeField(null=True)),
                        ('claimed_at', models.DateTimeField(null=True)),
                        ('sent_at', models.DateTimeField(null=True)),
                        ('attempts', models.PositiveSmallIntegerField(default=0)),
                        ('last_error', models.CharField(blank=True, max_length=300)),
                        ('event', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='notices', to='agencies.event')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notices', to=settings.AUTH_USER_MODEL)),
                        ('thing_type', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contenttypes.contenttype')),
                        ('delivery', models.CharField(choices=[('at_once', 'e-mail at once'), ('digest', 'in the daily digest'), ('app', 'in the application only')], default='digest', max_length=10)),
                        ('kind', models.CharField(blank=True, max_length=40)),
                        ('lines', models.JSONField(blank=True, default=list)),
                        ('dropped_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'ordering': ['-created_at', '-id'],
                        'indexes': [
                            models.Index(condition=models.Q(('channel', 'mail'), ('claimed_at__isnull', True), ('sent_at__isnull', True)), fields=['created_at'], name='notice_owed_by_mail'),
                            models.Index(condition=models.Q(('channel', 'app'), ('read_at__isnull', True)), fields=['person', '-created_at'], name='notice_unread'),
                        ],
                        'constraints': [
                            models.UniqueConstraint(fields=('person', 'channel', 'occasion'), name='notice_once_an_occasion'),
                            models.CheckConstraint(condition=models.Q(('sent_at__isnull', True), ('claimed_at__isnull', False), _connector='OR'), name='notice_is_claimed_before_it_is_sent'),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name='OutgoingPaper',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('thing_id', models.BigIntegerField()),
                        ('suffix', models.CharField(max_length=40, verbose_name='series')),
                        ('subject', models.CharField(max_length=500, verbose_name='subject')),
                        ('state', models.CharField(choices=[('draft', 'draft'), ('signed', 'signed'), ('numbered', 'numbered'), ('issued', 'issued')], default='draft', max_length=10)),
                        ('year', models.PositiveSmallIntegerField(null=True)),
                        ('number', models.PositiveIntegerField(null=True, verbose_name='number')),
                        ('drafted_at', models.DateTimeField()),
                        ('signed_at', models.DateTimeField(null=True)),
                        ('capacity', models.CharField(blank=True, max_length=5)),
                        ('numbered_at', models.DateTimeField(null=True)),
                        ('dated_on', models.DateField(null=True, verbose_name='date')),
                        ('issued_at', models.DateTimeField(null=True)),
                        ('issuer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='papers', to='agencies.agency')),
                        ('thing_type', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contenttypes.contenttype')),
                        ('drafted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                        ('signed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                    ],
                    options={
                        'ordering': ['-drafted_at'],
                        'constraints': [
                            models.UniqueConstraint(fields=('issuer', 'suffix', 'year', 'number'), name='paper_number_once'),
                            models.CheckConstraint(condition=models.Q(models.Q(('number__isnull', True), ('state__in', ['draft', 'signed'])), models.Q(('dated_on__isnull', False), ('number__isnull', False), ('state__in', ['numbered', 'issued'])), _connector='OR'), name='paper_has_a_number_once_numbered'),
                            models.CheckConstraint(condition=models.Q(('state', 'draft'), ('signed_at__isnull', False), _connector='OR'), name='paper_is_signed_before_it_is_numbered'),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name='DelegationEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('acts', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), blank=True, default=list, help_text='Beginnings of act codes, for example consultation.; empty means all.', size=None)),
                        ('starts_on', models.DateField(verbose_name='from')),
                        ('ends_on', models.DateField(verbose_name='to (last day)')),
                        ('document_number', models.CharField(max_length=60, verbose_name='number of the authorisation')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='agencies.delegation')),
                        ('from_post', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='agencies.post')),
                        ('to_post', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='agencies.post')),
                        ('ended_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='ended early at')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='PostEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('starts_on', models.DateField(verbose_name='from')),
                        ('ends_on', models.DateField(blank=True, null=True, verbose_name='to (last day)')),
                        ('is_acting', models.BooleanField(default=False, verbose_name='acting (Q.)')),
                        ('agency', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='agencies.agency')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='agencies.post')),
                        ('user', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('title', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='agencies.posttitle', verbose_name='title')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='Setting',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(choices=agencies.models.setting.setting_choices, max_length=60, verbose_name='setting')),
                        ('value', models.JSONField(verbose_name='value')),
                        ('effective_from', models.DateTimeField(verbose_name='effective from')),
                        ('source', models.CharField(max_length=300, verbose_name='the document it comes from')),
                        ('source_url', models.CharField(blank=True, max_length=300)),
                        ('recorded_at', models.DateTimeField(verbose_name='recorded at')),
                        ('agencies', models.ManyToManyField(blank=True, related_name='+', to='agencies.agency', verbose_name='only for')),
                        ('changed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'verbose_name': 'setting',
                        'verbose_name_plural': 'settings',
                        'ordering': ['code', '-effective_from'],
                        'indexes': [
                            models.Index(fields=['code', '-effective_from'], name='agencies_se_code_2482a6_idx'),
                        ],
                        'triggers': [
                            pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "agencies_settingevent" ("changed_by_id", "code", "effective_from", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "source", "source_url", "value") VALUES (NEW."changed_by_id", NEW."code", NEW."effective_from", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."recorded_at", NEW."source", NEW."source_url", NEW."value"); RETURN NULL;', hash='260fa14739fa618b3a5b458e2f3cf205b485acef', operation='INSERT', pgid='pgtrigger_insert_insert_74881', table='agencies_setting', when='AFTER')),
                            pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "agencies_settingevent" ("changed_by_id", "code", "effective_from", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "source", "source_url", "value") VALUES (NEW."changed_by_id", NEW."code", NEW."effective_from", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."recorded_at", NEW."source", NEW."source_url", NEW."value"); RETURN NULL;', hash='10d31b0386996d39578bd9b9bc24affaa76f925b', operation='UPDATE', pgid='pgtrigger_update_update_8f357', table='agencies_setting', when='AFTER')),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name='SettingEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('code', models.CharField(choices=agencies.models.setting.setting_choices, max_length=60, verbose_name='setting')),
                        ('value', models.JSONField(verbose_name='value')),
                        ('effective_from', models.DateTimeField(verbose_name='effective from')),
                        ('source', models.CharField(max_length=300, verbose_name='the document it comes from')),
                        ('source_url', models.CharField(blank=True, max_length=300)),
                        ('recorded_at', models.DateTimeField(verbose_name='recorded at')),
                        ('changed_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='agencies.setting')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='Body',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=200, verbose_name='name')),
                        ('short_name', models.CharField(max_length=100, verbose_name='short name')),
                        ('superior', models.CharField(max_length=200, verbose_name='superior body')),
                        ('place', models.CharField(max_length=100, verbose_name='place name for date lines')),
                        ('leader_title', models.CharField(default='Chủ tịch', max_length=100, verbose_name='title of its leader')),
                        ('letter_suffix', models.CharField(max_length=40, verbose_name='suffix of letter numbers')),
                        ('report_suffix', models.CharField(max_length=40, verbose_name='suffix of report numbers')),
                        ('office', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency', verbose_name='its Office')),
                        ('upward_report_suffix', models.CharField(default='BC-UBND', max_length=40, verbose_name='suffix of its own reports to its superior')),
                        ('notice_suffix', models.CharField(default='TB-VP', max_length=40, verbose_name='suffix of notice numbers')),
                    ],
                    options={
                        'verbose_name': 'body',
                        'verbose_name_plural': 'body',
                        'constraints': [
                            models.CheckConstraint(condition=models.Q(('pk', 1)), name='body_is_one_row'),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name='Reorganisation',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('document_number', models.CharField(max_length=60, verbose_name='number of the decision')),
                        ('moved_at', models.DateTimeField()),
                        ('undone_at', models.DateTimeField(null=True)),
                        ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reorganisations', to='agencies.agency')),
                        ('moved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                        ('undone_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                    ],
                    options={
                        'verbose_name': 'reorganisation',
                        'verbose_name_plural': 'reorganisations',
                        'ordering': ['-moved_at', '-id'],
                        'constraints': [
                            models.UniqueConstraint(condition=models.Q(('undone_at__isnull', True)), fields=('agency',), name='an_agency_is_moved_once'),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name='ReorganisationMove',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('holder', models.CharField(max_length=40)),
                        ('thing_id', models.BigIntegerField()),
                        ('new_id', models.BigIntegerField(null=True)),
                        ('new_type', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contenttypes.contenttype')),
                        ('reorganisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='moves', to='agencies.reorganisation')),
                        ('successor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                        ('thing_type', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contenttypes.contenttype')),
                        ('new_url', models.CharField(blank=True, max_length=300)),
                        ('text', models.CharField(blank=True, max_length=500)),
                        ('undone_at', models.DateTimeField(null=True)),
                        ('url', models.CharField(blank=True, max_length=300)),
                    ],
                    options={
                        'ordering': ['id'],
                        'constraints': [
                            models.UniqueConstraint(fields=('reorganisation', 'thing_type', 'thing_id'), name='a_thing_moves_once'),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name='WorkingRegulation',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('title', models.CharField(max_length=300, verbose_name='title')),
                        ('document_number', models.CharField(max_length=60, verbose_name='number')),
                        ('issued_on', models.DateField(verbose_name='date')),
                        ('starts_on', models.DateField(verbose_name='in force from')),
                        ('ends_on', models.DateField(blank=True, null=True, verbose_name='in force to (last day)')),
                        ('recorded_at', models.DateTimeField()),
                        ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='regulations', to='agencies.agency')),
                        ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                    ],
                    options={
                        'verbose_name': 'working regulation',
                        'verbose_name_plural': 'working regulations',
                        'ordering': ['-starts_on', '-id'],
                        'constraints': [
                            models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='regulation_ends_after_it_starts'),
                            models.UniqueConstraint(fields=('agency', 'document_number', 'issued_on'), name='regulation_once'),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name='NoticeChoice',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(max_length=40)),
                        ('delivery', models.CharField(choices=[('at_once', 'e-mail at once'), ('digest', 'in the daily digest'), ('app', 'in the application only')], max_length=10)),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notice_choices', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'constraints': [
                            models.UniqueConstraint(fields=('person', 'kind'), name='one_choice_a_kind'),
                        ],
                    },
                ),
            ],
        ),
    ]
