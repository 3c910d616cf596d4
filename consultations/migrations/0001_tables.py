"""Every table of `consultations`, folded from the steps it replaces: docs/design.md, "Migrations"."""

import django.db.models.deletion
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

from agencies.migrating import CreateModels


class Migration(migrations.Migration):

    replaces = [
        ('consultations', '0001_initial'),
        ('consultations', '0002_consultations_and_dossiers_in_full'),
        ('consultations', '0004_bookmark_of_the_sweep'),
        ('consultations', '0005_letters_and_the_telling_of_results'),
        ('consultations', '0006_drop_indexes_others_serve'),
    ]

    initial = True

    dependencies = [
        ('agencies', '0001_tables'),
        ('tasks', '0001_tables'),
    ]

    operations = [
        CreateModels(
            operations=[
                migrations.CreateModel(
                    name='ChecklistItem',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.SlugField(unique=True, verbose_name='code')),
                        ('name', models.CharField(max_length=200, verbose_name='name')),
                        ('order', models.PositiveSmallIntegerField(default=0, verbose_name='official order')),
                        ('is_active', models.BooleanField(default=True, verbose_name='in use')),
                    ],
                    options={
                        'verbose_name': 'item of the checklist',
                        'verbose_name_plural': 'checklist of dossiers',
                        'ordering': ['order', 'code'],
                    },
                ),
                migrations.CreateModel(
                    name='Dossier',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(max_length=20, unique=True, verbose_name='code')),
                        ('title', models.CharField(max_length=500, verbose_name='what it is about')),
                        ('recipient', models.CharField(choices=[('committee', 'the Committee'), ('chair', 'the Chair'), ('vice_chair', 'a Vice Chair')], max_length=12, verbose_name='submitted to')),
                        ('state', models.CharField(choices=[('draft', 'draft'), ('submitted', 'submitted, with the Office'), ('returned', 'returned to the agency'), ('passed', 'with the leader'), ('redo', 'to be redone'), ('approved', 'approved, to be issued'), ('rejected', 'rejected'), ('issued', 'result issued'), ('closed', 'work file closed'), ('withdrawn', 'withdrawn by the agency')], default='draft', max_length=12, verbose_name='state')),
                        ('due_at', models.DateTimeField(blank=True, null=True, verbose_name='to be submitted by')),
                        ('drafted_at', models.DateTimeField()),
                        ('document_number', models.CharField(blank=True, max_length=60, verbose_name='number of the result')),
                        ('document_on', models.DateField(blank=True, null=True, verbose_name='date of the result')),
                        ('file_code', models.CharField(blank=True, max_length=60, verbose_name='code of the work file')),
                        ('retention', models.CharField(blank=True, max_length=60, verbose_name='retention')),
                        ('version', models.PositiveIntegerField(default=0)),
                        ('search_text', models.TextField(default='', editable=False)),
                        ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='dossiers', to='agencies.agency')),
                        ('competence', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='agencies.competence', verbose_name='competence')),
                        ('drafted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                        ('leader', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post', verbose_name='leader who decides')),
                        ('tasks', models.ManyToManyField(blank=True, related_name='dossiers', to='tasks.task', verbose_name='tasks it serves')),
                    ],
                    options={
                        'verbose_name': 'dossier',
                        'verbose_name_plural': 'dossiers',
                        'ordering': ['-drafted_at', '-id'],
                        'indexes': [
                            models.Index(fields=['agency', 'state'], name='consultatio_agency__2ff937_idx'),
                        ],
                        'constraints': [
                            models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['issued', 'closed']), _negated=True), models.Q(models.Q(('document_number', ''), _negated=True), ('document_on__isnull', False)), _connector='OR'), name='issued_dossier_has_its_document'),
                            models.CheckConstraint(condition=models.Q(models.Q(('state', 'closed'), _negated=True), models.Q(models.Q(('file_code', ''), _negated=True), models.Q(('retention', ''), _negated=True)), _connector='OR'), name='closed_work_file_is_listed'),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name='Consultation',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(max_length=20, unique=True, verbose_name='code')),
                        ('title', models.CharField(max_length=300, verbose_name='what it is about')),
                        ('provision', models.CharField(max_length=300, verbose_name='the provision that requires asking')),
                        ('background', models.TextField(blank=True, verbose_name='background')),
                        ('document_number', models.CharField(blank=True, max_length=60, verbose_name='document number')),
                        ('is_urgent', models.BooleanField(default=False, verbose_name='urgent')),
                        ('urgent_reason', models.CharField(blank=True, max_length=300, verbose_name='why it is urgent')),
                        ('asked_at', models.DateTimeField()),
                        ('due_at', models.DateTimeField(verbose_name='deadline')),
                        ('deadline_text', models.CharField(blank=True, max_length=300)),
                        ('arithmetic', models.JSONField(null=True)),
                        ('search_text', models.TextField(default='', editable=False)),
                        ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                        ('requester', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consultations_asked', to='agencies.agency')),
                        ('task', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='consultations', to='tasks.task', verbose_name='for the task')),
                        ('closed_early_at', models.DateTimeField(null=True, verbose_name='closed early at')),
                        ('competences', models.ManyToManyField(blank=True, related_name='+', to='agencies.competence', verbose_name='competences concerned')),
                        ('previous', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='later_rounds', to='consultations.consultation', verbose_name='earlier round')),
                        ('version', models.PositiveIntegerField(default=0)),
                        ('withdrawn_at', models.DateTimeField(null=True, verbose_name='withdrawn at')),
                        ('withdrawn_reason', models.TextField(blank=True, verbose_name='why it was withdrawn')),
                        ('dossier', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='consultations', to='consultations.dossier', verbose_name='for the dossier')),
                        ('document_on', models.DateField(blank=True, null=True, verbose_name='date')),
                        ('letter', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.outgoingpaper', verbose_name='the letter, where it is issued here')),
                        ('result_told_at', models.DateTimeField(help_text='When the requester was told that it closed (rule 6.8).', null=True)),
                        ('signer', models.CharField(blank=True, max_length=150, verbose_name='signer')),
                    ],
                    options={
                        'verbose_name': 'consultation',
                        'verbose_name_plural': 'consultations',
                        'ordering': ['-asked_at', '-id'],
                        'indexes': [
                            models.Index(condition=models.Q(('result_told_at__isnull', True), ('withdrawn_at__isnull', True)), fields=['due_at'], name='consultation_not_told_closed'),
                        ],
                        'constraints': [
                            models.CheckConstraint(condition=models.Q(('due_at__gt', models.F('asked_at'))), name='consultation_due_after_it_is_asked'),
                            models.CheckConstraint(condition=models.Q(('is_urgent', False), models.Q(('urgent_reason', ''), _negated=True), _connector='OR'), name='urgent_consultation_says_why'),
                            models.CheckConstraint(condition=models.Q(('withdrawn_at__isnull', True), models.Q(('closed_early_at__isnull', True), models.Q(('withdrawn_reason', ''), _negated=True)), _connector='OR'), name='withdrawn_consultation_says_why'),
                            models.CheckConstraint(condition=models.Q(('previous__isnull', True), models.Q(('previous', models.F('id')), _negated=True), _connector='OR'), name='a_round_follows_another_one'),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name='Opinion',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('due_at', models.DateTimeField(verbose_name='deadline')),
                        ('silence_rule', models.CharField(choices=[('deemed_agreed', 'silence is agreement'), ('no_reply', 'silence stays silence')], max_length=15)),
                        ('silence_provision', models.CharField(blank=True, max_length=300, verbose_name='provision on silence')),
                        ('visible_at', models.DateTimeField()),
                        ('opened_at', models.DateTimeField(null=True)),
                        ('agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='opinions', to='agencies.agency')),
                        ('consultation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='opinions', to='consultations.consultation')),
                        ('opened_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('counts_from', models.DateTimeField(help_text='Replies before it were settled; the line awaits anew (rule 6.6).', null=True)),
                        ('ended_at', models.DateTimeField(null=True)),
                        ('ending', models.CharField(blank=True, choices=[('redirected', 'given to another agency'), ('dropped', 'no longer asked'), ('withdrawn', 'consultation withdrawn'), ('moved', 'taken over by the successor')], max_length=15)),
                        ('is_on_paper', models.BooleanField(default=False, verbose_name='served on paper')),
                        ('is_outside', models.BooleanField(default=False, verbose_name='outside its competences')),
                        ('redirected_from', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='redirected_to', to='consultations.opinion')),
                        ('register_until', models.DateTimeField(help_text='Until then a paper reply may still be found in the register (rule 2.7).', null=True)),
                        ('why_asked', models.CharField(blank=True, max_length=300, verbose_name='why this agency')),
                        ('swept_due_at', models.DateTimeField(help_text='The deadline the sweep is done with: it looks no more, and decides nothing.', null=True)),
                    ],
                    options={
                        'verbose_name': 'opinion',
                        'verbose_name_plural': 'opinions',
                        'ordering': ['agency__kind__order', 'agency__order', 'id'],
                        'indexes': [
                            models.Index(fields=['due_at'], name='consultatio_due_at_1ef7ad_idx'),
                            models.Index(fields=['agency', 'due_at'], name='consultatio_agency__0f88a4_idx'),
                            models.Index(condition=models.Q(('ended_at__isnull', True), models.Q(('swept_due_at', models.F('due_at')), _negated=True)), fields=['due_at', 'id'], name='line_to_sweep'),
                        ],
                        'constraints': [
                            models.CheckConstraint(condition=models.Q(('due_at__gt', models.F('visible_at'))), name='opinion_due_after_it_is_visible'),
                            models.CheckConstraint(condition=models.Q(models.Q(('silence_rule', 'deemed_agreed'), _negated=True), models.Q(('silence_provision', ''), _negated=True), _connector='OR'), name='deemed_agreement_rests_on_a_provision'),
                            models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('consultation', 'agency'), name='agency_asked_once'),
                            models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('ending', '')), models.Q(models.Q(('ending', ''), _negated=True), ('ended_at__isnull', False)), _connector='OR'), name='line_ends_at_a_moment'),
                            models.CheckConstraint(condition=models.Q(('is_on_paper', False), ('register_until__isnull', False), _connector='OR'), name='line_on_paper_waits_for_the_register'),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name='Question',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('number', models.PositiveSmallIntegerField()),
                        ('text', models.TextField(verbose_name='question')),
                        ('is_principal', models.BooleanField(default=True, verbose_name='principal')),
                        ('minor_reason', models.CharField(blank=True, max_length=300, verbose_name='why it is not principal')),
                        ('consultation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='consultations.consultation')),
                    ],
                    options={
                        'ordering': ['number'],
                        'constraints': [
                            models.UniqueConstraint(fields=('consultation', 'number'), name='question_numbered_once'),
                            models.CheckConstraint(condition=models.Q(('is_principal', True), models.Q(('minor_reason', ''), _negated=True), _connector='OR'), name='minor_question_says_why'),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name='Reply',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('stance', models.CharField(choices=[('agreed', 'agreed'), ('with_comments', 'agreed with comments'), ('disagreed', 'disagreed'), ('insufficient', 'insufficient basis'), ('returned', 'not competent, returned')], max_length=15)),
                        ('note', models.TextField(blank=True, verbose_name='note')),
                        ('document_number', models.CharField(blank=True, max_length=60, verbose_name='document number')),
                        ('received_at', models.DateTimeField()),
                        ('event', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.event')),
                        ('opinion', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='replies', to='consultations.opinion')),
                        ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                        ('competent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency', verbose_name='the competent agency')),
                        ('document_on', models.DateField(blank=True, null=True, verbose_name='date')),
                        ('entered_at', models.DateTimeField(help_text='When a clerk entered a paper reply; empty for an electronic one.', null=True)),
                        ('signer', models.CharField(blank=True, max_length=150, verbose_name='signer')),
                    ],
                    options={
                        'ordering': ['received_at', 'id'],
                        'indexes': [
                            models.Index(fields=['opinion', '-received_at', '-id'], name='consultatio_opinion_fea8c4_idx'),
                        ],
                        'constraints': [
                            models.CheckConstraint(condition=models.Q(('entered_at__isnull', True), ('entered_at__gte', models.F('received_at')), _connector='OR'), name='paper_reply_entered_after_it_came'),
                        ],
                        'triggers': [
                            pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'rows of % are append-only', TG_TABLE_NAME;", hash='0de80ea76339c0076848ef4886982481d15befd7', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_365d6', table='consultations_reply', when='BEFORE')),
                            pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                IF coalesce(current_setting('dondoc.testing', true), '') <> 'on' THEN\n                    RAISE EXCEPTION 'rows of % are append-only', TG_TABLE_NAME;\n                END IF;\n                RETURN NULL;\n            ", hash='1f0a9c20f6696abb1c394ed484bf09ac168363eb', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_41fac', table='consultations_reply', when='BEFORE')),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name='Answer',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('stance', models.CharField(choices=[('agreed', 'agreed'), ('with_comments', 'agreed with comments'), ('disagreed', 'disagreed'), ('insufficient', 'insufficient basis'), ('returned', 'not competent, returned')], max_length=15)),
                        ('text', models.TextField(blank=True)),
                        ('question', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='consultations.question')),
                        ('reply', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='consultations.reply')),
                    ],
                    options={
                        'ordering': ['question__number'],
                        'constraints': [
                            models.UniqueConstraint(fields=('reply', 'question'), name='question_answered_once'),
                            models.CheckConstraint(condition=models.Q(('stance', 'agreed'), models.Q(('text', ''), _negated=True), _connector='OR'), name='comments_and_disagreement_have_text'),
                        ],
                        'triggers': [
                            pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'rows of % are append-only', TG_TABLE_NAME;", hash='ac7459c0e663db740c505d4110e26c5db0d85a92', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_8a17b', table='consultations_answer', when='BEFORE')),
                            pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                IF coalesce(current_setting('dondoc.testing', true), '') <> 'on' THEN\n                    RAISE EXCEPTION 'rows of % are append-only', TG_TABLE_NAME;\n                END IF;\n                RETURN NULL;\n            ", hash='f73fd347255695c3b5eb541123293f22be3f138e', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_2152f', table='consultations_answer', when='BEFORE')),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name='ReplyDraft',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('content', models.JSONField(default=dict)),
                        ('saved_at', models.DateTimeField()),
                        ('version', models.PositiveIntegerField(default=0)),
                        ('opinion', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='draft', to='consultations.opinion')),
                        ('saved_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                    ],
                ),
                migrations.CreateModel(
                    name='TermsRow',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('due_at', models.DateTimeField()),
                        ('silence_rule', models.CharField(choices=[('deemed_agreed', 'silence is agreement'), ('no_reply', 'silence stays silence')], max_length=15)),
                        ('effective_at', models.DateTimeField()),
                        ('recorded_at', models.DateTimeField()),
                        ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.event')),
                        ('opinion', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='terms_rows', to='consultations.opinion')),
                        ('counts_from', models.DateTimeField(null=True)),
                        ('register_until', models.DateTimeField(null=True)),
                    ],
                    options={
                        'ordering': ['effective_at', 'id'],
                        'indexes': [
                            models.Index(fields=['opinion', '-effective_at', '-id'], name='consultatio_opinion_9276c2_idx'),
                        ],
                        'triggers': [
                            pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'rows of % are append-only', TG_TABLE_NAME;", hash='fd7689969ba0f0e155e2f327cfc2a3708d3cea66', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_856ef', table='consultations_termsrow', when='BEFORE')),
                            pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                IF coalesce(current_setting('dondoc.testing', true), '') <> 'on' THEN\n                    RAISE EXCEPTION 'rows of % are append-only', TG_TABLE_NAME;\n                END IF;\n                RETURN NULL;\n            ", hash='a5caf4e473ee5012048a52368aa580a8ca843ea7', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_1a4df', table='consultations_termsrow', when='BEFORE')),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name='DossierVersion',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('number', models.PositiveSmallIntegerField()),
                        ('text', models.TextField(verbose_name='submission (tờ trình)')),
                        ('proposal', models.TextField(verbose_name='what is asked to be decided')),
                        ('changes', models.TextField(blank=True, verbose_name='what changed since the last version')),
                        ('document_number', models.CharField(blank=True, max_length=60, verbose_name='document number')),
                        ('submitted_at', models.DateTimeField()),
                        ('dossier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='consultations.dossier')),
                        ('event', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.event')),
                        ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                    ],
                    options={
                        'ordering': ['number'],
                        'constraints': [
                            models.UniqueConstraint(fields=('dossier', 'number'), name='dossier_version_once'),
                        ],
                        'triggers': [
                            pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'rows of % are append-only', TG_TABLE_NAME;", hash='5c147337525846d0f2a3ac733ac817677a3d770f', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_d0bad', table='consultations_dossierversion', when='BEFORE')),
                            pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                IF coalesce(current_setting('dondoc.testing', true), '') <> 'on' THEN\n                    RAISE EXCEPTION 'rows of % are append-only', TG_TABLE_NAME;\n                END IF;\n                RETURN NULL;\n            ", hash='36acf29bf05957bd4b4730c45318b2bb7e52496a', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_b2729', table='consultations_dossierversion', when='BEFORE')),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name='DossierCheck',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('is_met', models.BooleanField(verbose_name='met')),
                        ('note', models.TextField(blank=True, verbose_name='note')),
                        ('checked_at', models.DateTimeField()),
                        ('checked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                        ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='consultations.checklistitem')),
                        ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='checks', to='consultations.dossierversion')),
                    ],
                    options={
                        'ordering': ['item__order'],
                        'constraints': [
                            models.UniqueConstraint(fields=('version', 'item'), name='item_checked_once_a_version'),
                            models.CheckConstraint(condition=models.Q(('is_met', True), models.Q(('note', ''), _negated=True), _connector='OR'), name='what_is_not_met_says_what'),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name='DossierDecision',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('decision', models.CharField(choices=[('approved', 'approved'), ('rejected', 'rejected'), ('redo', 'redo')], max_length=10)),
                        ('text', models.TextField(blank=True, verbose_name='instruction')),
                        ('decided_at', models.DateTimeField()),
                        ('event', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.event')),
                        ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                        ('version', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='decision', to='consultations.dossierversion')),
                    ],
                    options={
                        'ordering': ['decided_at', 'id'],
                        'constraints': [
                            models.CheckConstraint(condition=models.Q(('decision', 'approved'), models.Q(('text', ''), _negated=True), _connector='OR'), name='what_is_not_approved_says_why'),
                        ],
                        'triggers': [
                            pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'rows of % are append-only', TG_TABLE_NAME;", hash='7f96193e1449b7924329cec309bb6c1ac4ee0982', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_7c273', table='consultations_dossierdecision', when='BEFORE')),
                            pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                IF coalesce(current_setting('dondoc.testing', true), '') <> 'on' THEN\n                    RAISE EXCEPTION 'rows of % are append-only', TG_TABLE_NAME;\n                END IF;\n                RETURN NULL;\n            ", hash='c03c66df078f9e104cfef0567540a919a94d3dcb', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_0602e', table='consultations_dossierdecision', when='BEFORE')),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name='DossierDraft',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('content', models.JSONField(default=dict)),
                        ('saved_at', models.DateTimeField()),
                        ('version', models.PositiveIntegerField(default=0)),
                        ('dossier', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='draft', to='consultations.dossier')),
                        ('saved_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                    ],
                ),
                migrations.CreateModel(
                    name='ReturnCode',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.SlugField(unique=True, verbose_name='code')),
                        ('name', models.CharField(max_length=200, verbose_name='name')),
                        ('order', models.PositiveSmallIntegerField(default=0, verbose_name='official order')),
                        ('is_active', models.BooleanField(default=True, verbose_name='in use')),
                    ],
                    options={
                        'verbose_name': 'reason of a return',
                        'verbose_name_plural': 'reasons of returns',
                        'ordering': ['order', 'code'],
                    },
                ),
                migrations.CreateModel(
                    name='DossierReturn',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('defects', models.TextField(verbose_name='defects and what to do')),
                        ('returned_at', models.DateTimeField()),
                        ('event', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.event')),
                        ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                        ('version', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='returned', to='consultations.dossierversion')),
                        ('reason', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='consultations.returncode')),
                    ],
                    options={
                        'ordering': ['returned_at', 'id'],
                        'triggers': [
                            pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'rows of % are append-only', TG_TABLE_NAME;", hash='7183107aa67b5860dea897ab423d7aa4320984e8', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_29559', table='consultations_dossierreturn', when='BEFORE')),
                            pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                IF coalesce(current_setting('dondoc.testing', true), '') <> 'on' THEN\n                    RAISE EXCEPTION 'rows of % are append-only', TG_TABLE_NAME;\n                END IF;\n                RETURN NULL;\n            ", hash='9148f8d75cc8f8af1157d4cac9dbc058fb9ceddb', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_016e1', table='consultations_dossierreturn', when='BEFORE')),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name='DossierStateRow',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('state', models.CharField(choices=[('draft', 'draft'), ('submitted', 'submitted, with the Office'), ('returned', 'returned to the agency'), ('passed', 'with the leader'), ('redo', 'to be redone'), ('approved', 'approved, to be issued'), ('rejected', 'rejected'), ('issued', 'result issued'), ('closed', 'work file closed'), ('withdrawn', 'withdrawn by the agency')], max_length=12)),
                        ('effective_at', models.DateTimeField()),
                        ('recorded_at', models.DateTimeField()),
                        ('dossier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='state_rows', to='consultations.dossier')),
                        ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.event')),
                    ],
                    options={
                        'ordering': ['effective_at', 'id'],
                        'indexes': [
                            models.Index(fields=['dossier', '-effective_at', '-id'], name='consultatio_dossier_9e73a1_idx'),
                        ],
                        'triggers': [
                            pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'rows of % are append-only', TG_TABLE_NAME;", hash='fb455beef8315114276387982ed50ebc4af6a275', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_17726', table='consultations_dossierstaterow', when='BEFORE')),
                            pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                IF coalesce(current_setting('dondoc.testing', true), '') <> 'on' THEN\n                    RAISE EXCEPTION 'rows of % are append-only', TG_TABLE_NAME;\n                END IF;\n                RETURN NULL;\n            ", hash='16af36c65659e04cf70813dcf4d0ad6e8b40dc47', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_325c5', table='consultations_dossierstaterow', when='BEFORE')),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name='LetThrough',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('view_of_requester', models.TextField(verbose_name='view of the requester')),
                        ('view_of_agency', models.TextField(verbose_name='view of the agency that differs')),
                        ('reason', models.TextField(verbose_name='reason')),
                        ('let_at', models.DateTimeField()),
                        ('dossier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='let_through', to='consultations.dossier')),
                        ('let_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                        ('opinion', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='let_through', to='consultations.opinion')),
                    ],
                    options={
                        'ordering': ['let_at', 'id'],
                        'constraints': [
                            models.UniqueConstraint(fields=('dossier', 'opinion'), name='let_through_once_a_dossier'),
                        ],
                        'triggers': [
                            pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'rows of % are append-only', TG_TABLE_NAME;", hash='b2ece5c508ce5953b5ea3fbb4e0e9f394e613c35', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_60198', table='consultations_letthrough', when='BEFORE')),
                            pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                IF coalesce(current_setting('dondoc.testing', true), '') <> 'on' THEN\n                    RAISE EXCEPTION 'rows of % are append-only', TG_TABLE_NAME;\n                END IF;\n                RETURN NULL;\n            ", hash='c8e85ca81e4bbe67fcafc092b21637148c9addf8', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_8ef55', table='consultations_letthrough', when='BEFORE')),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name='PaperCheck',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('confirmed_at', models.DateTimeField()),
                        ('confirmed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                        ('reply', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='paper_check', to='consultations.reply')),
                    ],
                ),
                migrations.CreateModel(
                    name='PoorMark',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('general', 'general, says nothing'), ('evasive', 'evades the question'), ('shifting', 'shifts the matter to others')], max_length=10, verbose_name='what is poor')),
                        ('reason', models.TextField(verbose_name='reason')),
                        ('marked_at', models.DateTimeField()),
                        ('marked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                        ('reply', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='poor_mark', to='consultations.reply')),
                    ],
                    options={
                        'ordering': ['marked_at', 'id'],
                    },
                ),
                migrations.CreateModel(
                    name='PoorContest',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('reason', models.TextField(verbose_name='reason')),
                        ('contested_at', models.DateTimeField()),
                        ('decision', models.CharField(blank=True, choices=[('upheld', 'upheld'), ('rejected', 'rejected')], max_length=10)),
                        ('decided_at', models.DateTimeField(null=True)),
                        ('answer', models.TextField(blank=True, verbose_name='answer')),
                        ('contested_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                        ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                        ('mark', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='contest', to='consultations.poormark')),
                    ],
                    options={
                        'ordering': ['contested_at', 'id'],
                        'abstract': False,
                        'constraints': [
                            models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decision', '')), models.Q(models.Q(('decision', ''), _negated=True), ('decided_at__isnull', False)), _connector='OR'), name='poorcontest_decided_at_a_moment'),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name='QuestionContest',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('reason', models.TextField(verbose_name='reason')),
                        ('contested_at', models.DateTimeField()),
                        ('decision', models.CharField(blank=True, choices=[('upheld', 'upheld'), ('rejected', 'rejected')], max_length=10)),
                        ('decided_at', models.DateTimeField(null=True)),
                        ('answer', models.TextField(blank=True, verbose_name='answer')),
                        ('contested_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                        ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                        ('opinion', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='question_contests', to='consultations.opinion')),
                        ('question', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contests', to='consultations.question')),
                    ],
                    options={
                        'ordering': ['contested_at', 'id'],
                        'abstract': False,
                        'constraints': [
                            models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decision', '')), models.Q(models.Q(('decision', ''), _negated=True), ('decided_at__isnull', False)), _connector='OR'), name='questioncontest_decided_at_a_moment'),
                            models.UniqueConstraint(fields=('question', 'opinion'), name='question_contested_once_a_line'),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name='Reconciliation',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('held_on', models.DateField(verbose_name='day of the meeting')),
                        ('minutes', models.TextField(verbose_name='minutes')),
                        ('result', models.TextField(verbose_name='result')),
                        ('sent_at', models.DateTimeField()),
                        ('due_at', models.DateTimeField(verbose_name='deadline')),
                        ('arithmetic', models.JSONField(null=True)),
                        ('response', models.CharField(blank=True, choices=[('confirmed', 'confirmed'), ('objected', 'still objects')], max_length=10)),
                        ('response_text', models.TextField(blank=True, verbose_name='what still differs')),
                        ('responded_at', models.DateTimeField(null=True)),
                        ('opinion', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reconciliations', to='consultations.opinion')),
                        ('responded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                        ('sent_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                    ],
                    options={
                        'ordering': ['sent_at', 'id'],
                        'constraints': [
                            models.CheckConstraint(condition=models.Q(('due_at__gt', models.F('sent_at'))), name='reconciliation_due_after_it_is_sent'),
                            models.CheckConstraint(condition=models.Q(models.Q(('responded_at__isnull', True), ('response', '')), models.Q(models.Q(('response', ''), _negated=True), ('responded_at__isnull', False)), _connector='OR'), name='reconciliation_answered_at_a_moment'),
                            models.CheckConstraint(condition=models.Q(models.Q(('response', 'objected'), _negated=True), models.Q(('response_text', ''), _negated=True), _connector='OR'), name='objection_says_what_differs'),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name='ReturnContest',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('reason', models.TextField(verbose_name='reason')),
                        ('contested_at', models.DateTimeField()),
                        ('decision', models.CharField(blank=True, choices=[('upheld', 'upheld'), ('rejected', 'rejected')], max_length=10)),
                        ('decided_at', models.DateTimeField(null=True)),
                        ('answer', models.TextField(blank=True, verbose_name='answer')),
                        ('contested_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                        ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                        ('reply', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='return_contest', to='consultations.reply')),
                    ],
                    options={
                        'ordering': ['contested_at', 'id'],
                        'abstract': False,
                        'constraints': [
                            models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decision', '')), models.Q(models.Q(('decision', ''), _negated=True), ('decided_at__isnull', False)), _connector='OR'), name='returncontest_decided_at_a_moment'),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name='Settlement',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('is_accepted', models.BooleanField(verbose_name='accepted')),
                        ('explanation', models.TextField(blank=True, verbose_name='explanation')),
                        ('settled_at', models.DateTimeField()),
                        ('version', models.PositiveIntegerField(default=0)),
                        ('answer', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='settlement', to='consultations.answer')),
                        ('settled_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.post')),
                    ],
                    options={
                        'ordering': ['answer__question__number', 'id'],
                        'constraints': [
                            models.CheckConstraint(condition=models.Q(('is_accepted', True), models.Q(('explanation', ''), _negated=True), _connector='OR'), name='what_is_not_accepted_is_explained'),
                        ],
                    },
                ),
            ],
        ),
    ]
