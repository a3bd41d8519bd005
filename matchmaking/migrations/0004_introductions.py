import cluster_portal.common.constraints
import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('common', '__first__'),
        ('matchmaking', '0003_choices_of_members'),
        ('members', '0003_contact_consents'),
    ]

    operations = [
        migrations.CreateModel(
            name='Introduction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('first', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.organisation')),
                ('second', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.organisation')),
                ('origin', models.CharField(choices=[('interest', 'An interest that was returned'), ('office', 'Proposed by the cluster office')], max_length=8, verbose_name='how it came about')),
                ('brokered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='proposed by')),
                ('controlled', models.BooleanField(default=False, verbose_name='touches the dual-use list')),
                ('made_at', models.DateTimeField(db_default=cluster_portal.common.constraints.ClockTimestamp(), verbose_name='introduced at')),
                ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='closed at')),
            ],
            options={
                'verbose_name': 'introduction',
                'verbose_name_plural': 'introductions',
                'ordering': ('-id',),
                'constraints': [models.CheckConstraint(condition=models.Q(('first__lt', models.F('second'))), name='an_introduction_names_a_pair_one_way'), models.UniqueConstraint(condition=models.Q(('closed_at__isnull', True)), fields=('first', 'second'), name='a_pair_is_introduced_once'), models.CheckConstraint(condition=models.Q(('origin__in', ['interest', 'office'])), name='an_introduction_has_a_known_origin'), models.CheckConstraint(condition=models.Q(models.Q(('brokered_by__isnull', True), ('origin', 'interest')), models.Q(('brokered_by__isnull', False), ('origin', 'office')), _connector='OR'), name='an_introduction_of_the_office_names_who_made_it')],
            },
        ),
        migrations.CreateModel(
            name='ExportConfirmation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.organisation')),
                ('partner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.organisation')),
                ('offers', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), default=list, size=None)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('at', models.DateTimeField(db_default=cluster_portal.common.constraints.ClockTimestamp())),
            ],
            options={
                'verbose_name': 'export-control confirmation',
                'verbose_name_plural': 'export-control confirmations',
                'ordering': ('id',),
                'indexes': [models.Index(fields=['member', 'partner'], name='confirmations_of_a_pair')],
            },
        ),
        migrations.CreateModel(
            name='Interest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='interests_sent', to='members.organisation')),
                ('partner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='interests_received', to='members.organisation')),
                ('about', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.tag', verbose_name='about')),
                ('message', models.TextField(max_length=2000, verbose_name='message')),
                ('state', models.CharField(choices=[('open', 'Waiting for an answer'), ('accepted', 'Accepted'), ('declined', 'Declined'), ('withdrawn', 'Withdrawn'), ('expired', 'No answer came'), ('ended', 'Ended, because a side left matchmaking')], default='open', max_length=9, verbose_name='state')),
                ('sent_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('sent_at', models.DateTimeField(db_default=cluster_portal.common.constraints.ClockTimestamp())),
                ('expires_on', models.DateField(verbose_name='answer until')),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('reason', models.CharField(blank=True, max_length=500, verbose_name='reason')),
                ('told_at', models.DateTimeField(blank=True, null=True)),
                ('introduction', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='interests', to='matchmaking.introduction', verbose_name='introduction')),
            ],
            options={
                'verbose_name': 'interest',
                'verbose_name_plural': 'interests',
                'ordering': ('-id',),
                'indexes': [models.Index(fields=['state', 'expires_on'], name='interests_by_their_end')],
                'constraints': [models.CheckConstraint(condition=models.Q(('member', models.F('partner')), _negated=True), name='nobody_is_interested_in_itself'), models.UniqueConstraint(condition=models.Q(('state', 'open'), models.Q(('state', 'declined'), ('told_at__isnull', True)), _connector='OR'), fields=('member', 'partner'), name='one_interest_waits_at_a_time'), models.CheckConstraint(condition=models.Q(('state__in', ['open', 'accepted', 'declined', 'withdrawn', 'expired', 'ended'])), name='an_interest_is_in_a_known_state'), models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('answered_by__isnull', True)), models.Q(('answered_at__isnull', False), ('answered_by__isnull', False)), _connector='OR'), name='an_interest_is_answered_by_someone'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['accepted', 'declined']), _negated=True), ('answered_at__isnull', False), _connector='OR'), name='an_answer_has_its_person'), models.CheckConstraint(condition=models.Q(models.Q(('introduction__isnull', False), ('state', 'accepted')), models.Q(models.Q(('state', 'accepted'), _negated=True), ('introduction__isnull', True)), _connector='OR'), name='an_accepted_interest_leads_to_an_introduction')],
            },
        ),
        migrations.CreateModel(
            name='Proposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('state', models.CharField(choices=[('open', 'Waiting for answers'), ('made', 'Both said yes'), ('refused', 'A side said no'), ('withdrawn', 'Taken back'), ('expired', 'Not answered in time'), ('ended', 'Ended, because a side left matchmaking')], default='open', max_length=9, verbose_name='state')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='made by')),
                ('made_at', models.DateTimeField(db_default=cluster_portal.common.constraints.ClockTimestamp(), verbose_name='made at')),
                ('expires_on', models.DateField(verbose_name='answer until')),
                ('introduction', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='proposal', to='matchmaking.introduction', verbose_name='introduction')),
            ],
            options={
                'verbose_name': 'proposal of the office',
                'verbose_name_plural': 'proposals of the office',
                'ordering': ('-id',),
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['open', 'made', 'refused', 'withdrawn', 'expired', 'ended'])), name='a_proposal_is_in_a_known_state'), models.CheckConstraint(condition=models.Q(models.Q(('introduction__isnull', False), ('state', 'made')), models.Q(models.Q(('state', 'made'), _negated=True), ('introduction__isnull', True)), _connector='OR'), name='a_proposal_with_two_yes_is_an_introduction')],
            },
        ),
        migrations.CreateModel(
            name='Stage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('introduction', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='stages', to='matchmaking.introduction')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.organisation')),
                ('name', models.CharField(choices=[('met', 'We have met'), ('nda', 'Non-disclosure agreement'), ('pilot', 'Pilot'), ('project', 'Joint project'), ('contract', 'Contract'), ('closed', 'Closed')], max_length=8, verbose_name='stage')),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='note')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('at', models.DateTimeField(db_default=cluster_portal.common.constraints.ClockTimestamp())),
            ],
            options={
                'verbose_name': 'stage of an introduction',
                'verbose_name_plural': 'stages of introductions',
                'ordering': ('id',),
                'constraints': [models.CheckConstraint(condition=models.Q(('name__in', ['met', 'nda', 'pilot', 'project', 'contract', 'closed'])), name='an_introduction_is_at_a_known_stage'), models.CheckConstraint(condition=models.Q(models.Q(('name', 'closed'), _negated=True), models.Q(('note', ''), _negated=True), _connector='OR'), name='closing_has_a_reason')],
            },
        ),
        migrations.CreateModel(
            name='ProposalSide',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sides', to='matchmaking.proposal')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to='members.organisation')),
                ('item', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='members.capability')),
                ('named', models.BooleanField(default=True, verbose_name='the other side reads its name')),
                ('words', models.TextField(max_length=2000, verbose_name='what the other side reads')),
                ('answer', models.CharField(choices=[('waiting', 'Waiting for an answer'), ('yes', 'Yes'), ('no', 'No')], default='waiting', max_length=7, verbose_name='answer')),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('reason', models.CharField(blank=True, max_length=500, verbose_name='reason')),
            ],
            options={
                'verbose_name': 'side of a proposal',
                'verbose_name_plural': 'sides of proposals',
                'ordering': ('id',),
                'constraints': [models.UniqueConstraint(fields=('proposal', 'member'), name='a_member_is_one_side_of_a_proposal'), models.CheckConstraint(condition=models.Q(('answer__in', ['waiting', 'yes', 'no'])), name='a_side_answers_in_known_words'), models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('answered_by__isnull', True)), models.Q(('answered_at__isnull', False), ('answered_by__isnull', False)), _connector='OR'), name='a_side_is_answered_by_someone'), models.CheckConstraint(condition=models.Q(models.Q(('answer', 'waiting'), ('answered_at__isnull', True)), models.Q(models.Q(('answer', 'waiting'), _negated=True), ('answered_at__isnull', False)), _connector='OR'), name='a_side_waits_or_has_answered')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='exportconfirmation',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='a3170111fed721841a7d1d1b1e7e09f6f10d8ab7', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_4c515', table='matchmaking_exportconfirmation', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='exportconfirmation',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'rows of % are written once', TG_TABLE_NAME;", hash='f71a00422b436554685734b65e36c0c8442274fd', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_fa589', table='matchmaking_exportconfirmation', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='introduction',
            trigger=pgtrigger.compiler.Trigger(name='introductions_stay', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='bb9139960b8cc4f6c39900cb936dcb6001a7ca02', operation='DELETE', pgid='pgtrigger_introductions_stay_ecdcd', table='matchmaking_introduction', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='interest',
            trigger=pgtrigger.compiler.Trigger(name='interests_stay', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='9aae0e9b50e4ed08f8015ec744597e65a595ec22', operation='DELETE', pgid='pgtrigger_interests_stay_78807', table='matchmaking_interest', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='interest',
            trigger=pgtrigger.compiler.Trigger(name='lawful_steps', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{open:accepted,open:declined,open:withdrawn,open:expired,open:ended,declined:accepted,declined:withdrawn}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='e7ac3f99f52c252b9ab4ae6047be7224099ba2dd', operation='UPDATE', pgid='pgtrigger_lawful_steps_ffbb0', table='matchmaking_interest', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='proposal',
            trigger=pgtrigger.compiler.Trigger(name='proposals_stay', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='d09d2b3482ba95256d13ef26a898085ae4a4455d', operation='DELETE', pgid='pgtrigger_proposals_stay_bb7d0', table='matchmaking_proposal', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='stage',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='9b036a05853e7f2c866f5ce295115c94d8217463', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_9b9d9', table='matchmaking_stage', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='stage',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'rows of % are written once', TG_TABLE_NAME;", hash='6faf000b2755e2f4dbf9ee7d227e8d3bda3f19b2', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_c73d8', table='matchmaking_stage', when='BEFORE')),
        ),
    ]
