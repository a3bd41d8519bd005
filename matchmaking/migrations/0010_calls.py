"""Calls for a consortium, their places and roles, invitations; introductions may come of an invitation."""

import cluster_portal.common.constraints
import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('matchmaking', '0009_opportunities'),
        ('members', '0003_contact_consents'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Call',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('text', models.TextField(max_length=4000, verbose_name='what it is about')),
                ('deadline', models.DateField(verbose_name='deadline of the funder')),
                ('answer_days', models.PositiveSmallIntegerField(default=14, validators=[django.core.validators.MinValueValidator(3), django.core.validators.MaxValueValidator(60)], verbose_name='days to answer')),
                ('size', models.PositiveSmallIntegerField(default=6, validators=[django.core.validators.MinValueValidator(2), django.core.validators.MaxValueValidator(20)], verbose_name='members at most')),
                ('countries', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=2), blank=True, default=list, size=None, verbose_name='countries that must be represented')),
                ('least_countries', models.PositiveSmallIntegerField(default=1, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(20)], verbose_name='different countries at least')),
                ('state', models.CharField(choices=[('open', 'Open'), ('closed', 'Closed')], default='open', max_length=6, verbose_name='state')),
                ('made_at', models.DateTimeField(db_default=cluster_portal.common.constraints.ClockTimestamp(), verbose_name='made at')),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'verbose_name': 'call for a consortium',
                'verbose_name_plural': 'calls for consortia',
                'ordering': ('-id',),
            },
        ),
        migrations.CreateModel(
            name='CallEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('text', models.TextField(max_length=4000, verbose_name='what it is about')),
                ('deadline', models.DateField(verbose_name='deadline of the funder')),
                ('answer_days', models.PositiveSmallIntegerField(default=14, validators=[django.core.validators.MinValueValidator(3), django.core.validators.MaxValueValidator(60)], verbose_name='days to answer')),
                ('size', models.PositiveSmallIntegerField(default=6, validators=[django.core.validators.MinValueValidator(2), django.core.validators.MaxValueValidator(20)], verbose_name='members at most')),
                ('countries', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=2), blank=True, default=list, size=None, verbose_name='countries that must be represented')),
                ('least_countries', models.PositiveSmallIntegerField(default=1, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(20)], verbose_name='different countries at least')),
                ('state', models.CharField(choices=[('open', 'Open'), ('closed', 'Closed')], default='open', max_length=6, verbose_name='state')),
                ('made_at', models.DateTimeField(db_default=cluster_portal.common.constraints.ClockTimestamp(), verbose_name='made at')),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='CallInvitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('message', models.TextField(blank=True, max_length=2000, verbose_name='message')),
                ('state', models.CharField(choices=[('invited', 'Waiting for an answer'), ('accepted', 'Accepted'), ('declined', 'Declined'), ('withdrawn', 'Taken back'), ('expired', 'No answer came'), ('ended', 'Ended, because a side left matchmaking')], default='invited', max_length=9, verbose_name='state')),
                ('sent_at', models.DateTimeField(db_default=cluster_portal.common.constraints.ClockTimestamp())),
                ('expires_on', models.DateField(verbose_name='answer until')),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('reason', models.CharField(blank=True, max_length=500, verbose_name='reason')),
            ],
            options={
                'verbose_name': 'invitation to a consortium',
                'verbose_name_plural': 'invitations to consortia',
                'ordering': ('id',),
            },
        ),
        migrations.CreateModel(
            name='CallInvitationEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('message', models.TextField(blank=True, max_length=2000, verbose_name='message')),
                ('state', models.CharField(choices=[('invited', 'Waiting for an answer'), ('accepted', 'Accepted'), ('declined', 'Declined'), ('withdrawn', 'Taken back'), ('expired', 'No answer came'), ('ended', 'Ended, because a side left matchmaking')], default='invited', max_length=9, verbose_name='state')),
                ('sent_at', models.DateTimeField(db_default=cluster_portal.common.constraints.ClockTimestamp())),
                ('expires_on', models.DateField(verbose_name='answer until')),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('reason', models.CharField(blank=True, max_length=500, verbose_name='reason')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='CallPlace',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('least_trl', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='maturity at least (TRL)')),
                ('must', models.BooleanField(default=True, verbose_name='must')),
            ],
            options={
                'verbose_name': 'place of a call',
                'verbose_name_plural': 'places of calls',
                'ordering': ('-must', 'id'),
            },
        ),
        migrations.CreateModel(
            name='CallPlaceEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('least_trl', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='maturity at least (TRL)')),
                ('must', models.BooleanField(default=True, verbose_name='must')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='CallRole',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('industry', 'Industry'), ('university', 'University and research'), ('government', 'Government'), ('catalyst', 'Catalyst'), ('funder', 'Funder'), ('civil_society', 'Civil society')], max_length=14, verbose_name='helix role')),
                ('least', models.PositiveSmallIntegerField(verbose_name='at least')),
            ],
            options={
                'verbose_name': 'helix role of a call',
                'verbose_name_plural': 'helix roles of calls',
                'ordering': ('id',),
            },
        ),
        migrations.CreateModel(
            name='CallRoleEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('role', models.CharField(choices=[('industry', 'Industry'), ('university', 'University and research'), ('government', 'Government'), ('catalyst', 'Catalyst'), ('funder', 'Funder'), ('civil_society', 'Civil society')], max_length=14, verbose_name='helix role')),
                ('least', models.PositiveSmallIntegerField(verbose_name='at least')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.RemoveConstraint(
            model_name='introduction',
            name='an_introduction_has_a_known_origin',
        ),
        migrations.RemoveConstraint(
            model_name='introduction',
            name='an_introduction_of_the_office_names_who_made_it',
        ),
        migrations.AlterField(
            model_name='introduction',
            name='origin',
            field=models.CharField(choices=[('interest', 'An interest that was returned'), ('office', 'Proposed by the cluster office'), ('call', 'An invitation to a consortium')], max_length=8, verbose_name='how it came about'),
        ),
        migrations.AddConstraint(
            model_name='introduction',
            constraint=models.CheckConstraint(condition=models.Q(('origin__in', ['interest', 'office', 'call'])), name='an_introduction_has_a_known_origin'),
        ),
        migrations.AddConstraint(
            model_name='introduction',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('brokered_by__isnull', True), ('origin__in', ['interest', 'call'])), models.Q(('brokered_by__isnull', False), ('origin', 'office')), _connector='OR'), name='an_introduction_of_the_office_names_who_made_it'),
        ),
        migrations.AddField(
            model_name='call',
            name='closed_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='call',
            name='lead',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='calls', to='members.organisation', verbose_name='lead'),
        ),
        migrations.AddField(
            model_name='call',
            name='made_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='made by'),
        ),
        migrations.AddField(
            model_name='callevent',
            name='closed_by',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='callevent',
            name='lead',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.organisation', verbose_name='lead'),
        ),
        migrations.AddField(
            model_name='callevent',
            name='made_by',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='made by'),
        ),
        migrations.AddField(
            model_name='callevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='callevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='matchmaking.call'),
        ),
        migrations.AddField(
            model_name='callinvitation',
            name='answered_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='callinvitation',
            name='call',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='matchmaking.call'),
        ),
        migrations.AddField(
            model_name='callinvitation',
            name='introduction',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='matchmaking.introduction', verbose_name='introduction'),
        ),
        migrations.AddField(
            model_name='callinvitation',
            name='member',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='call_invitations', to='members.organisation'),
        ),
        migrations.AddField(
            model_name='callinvitation',
            name='sent_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='callinvitation',
            name='wanted_for',
            field=models.ManyToManyField(blank=True, related_name='+', to='members.tag', verbose_name='wanted for'),
        ),
        migrations.AddField(
            model_name='callinvitationevent',
            name='answered_by',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='callinvitationevent',
            name='call',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='matchmaking.call'),
        ),
        migrations.AddField(
            model_name='callinvitationevent',
            name='introduction',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='matchmaking.introduction', verbose_name='introduction'),
        ),
        migrations.AddField(
            model_name='callinvitationevent',
            name='member',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.organisation'),
        ),
        migrations.AddField(
            model_name='callinvitationevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='callinvitationevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='matchmaking.callinvitation'),
        ),
        migrations.AddField(
            model_name='callinvitationevent',
            name='sent_by',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='callplace',
            name='call',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='places', to='matchmaking.call'),
        ),
        migrations.AddField(
            model_name='callplace',
            name='tag',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.tag', verbose_name='capability'),
        ),
        migrations.AddField(
            model_name='callplaceevent',
            name='call',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='matchmaking.call'),
        ),
        migrations.AddField(
            model_name='callplaceevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='callplaceevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='matchmaking.callplace'),
        ),
        migrations.AddField(
            model_name='callplaceevent',
            name='tag',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.tag', verbose_name='capability'),
        ),
        migrations.AddField(
            model_name='callrole',
            name='call',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='roles', to='matchmaking.call'),
        ),
        migrations.AddField(
            model_name='callroleevent',
            name='call',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='matchmaking.call'),
        ),
        migrations.AddField(
            model_name='callroleevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='callroleevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='matchmaking.callrole'),
        ),
        migrations.AddConstraint(
            model_name='call',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['open', 'closed'])), name='a_call_is_in_a_known_state'),
        ),
        migrations.AddConstraint(
            model_name='call',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', True), ('closed_by__isnull', True)), models.Q(('closed_at__isnull', False), ('closed_by__isnull', False)), _connector='OR'), name='a_call_is_closed_by_someone'),
        ),
        migrations.AddConstraint(
            model_name='call',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('state', 'closed')), models.Q(('closed_at__isnull', True), ('state', 'open')), _connector='OR'), name='a_closed_call_has_its_day'),
        ),
        migrations.AddConstraint(
            model_name='call',
            constraint=models.CheckConstraint(condition=models.Q(('size__gte', 2), ('size__lte', 20)), name='a_team_has_some_members'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='call',
            trigger=pgtrigger.compiler.Trigger(name='calls_stay', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='68398715b001ee0fb28f3df349bfd28509d98107', operation='DELETE', pgid='pgtrigger_calls_stay_29f31', table='matchmaking_call', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='call',
            trigger=pgtrigger.compiler.Trigger(name='lawful_steps_of_a_call', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{open:closed}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='7fcc77c9c759eb65d14a50cbf9d30567712f063e', operation='UPDATE', pgid='pgtrigger_lawful_steps_of_a_call_38b15', table='matchmaking_call', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='call',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "matchmaking_callevent" ("answer_days", "closed_at", "closed_by_id", "countries", "deadline", "id", "key", "lead_id", "least_countries", "made_at", "made_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "size", "state", "text", "title", "version") VALUES (NEW."answer_days", NEW."closed_at", NEW."closed_by_id", NEW."countries", NEW."deadline", NEW."id", NEW."key", NEW."lead_id", NEW."least_countries", NEW."made_at", NEW."made_by_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."size", NEW."state", NEW."text", NEW."title", NEW."version"); RETURN NULL;', hash='4c34338a06d829dafbb7d64c15f559129839a0f7', operation='INSERT', pgid='pgtrigger_insert_insert_bc404', table='matchmaking_call', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='call',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "matchmaking_callevent" ("answer_days", "closed_at", "closed_by_id", "countries", "deadline", "id", "key", "lead_id", "least_countries", "made_at", "made_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "size", "state", "text", "title", "version") VALUES (NEW."answer_days", NEW."closed_at", NEW."closed_by_id", NEW."countries", NEW."deadline", NEW."id", NEW."key", NEW."lead_id", NEW."least_countries", NEW."made_at", NEW."made_by_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."size", NEW."state", NEW."text", NEW."title", NEW."version"); RETURN NULL;', hash='e415e4067a029573d82ac7b6d05f732d01a356c8', operation='UPDATE', pgid='pgtrigger_update_update_acb73', table='matchmaking_call', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='call',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "matchmaking_callevent" ("answer_days", "closed_at", "closed_by_id", "countries", "deadline", "id", "key", "lead_id", "least_countries", "made_at", "made_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "size", "state", "text", "title", "version") VALUES (OLD."answer_days", OLD."closed_at", OLD."closed_by_id", OLD."countries", OLD."deadline", OLD."id", OLD."key", OLD."lead_id", OLD."least_countries", OLD."made_at", OLD."made_by_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."size", OLD."state", OLD."text", OLD."title", OLD."version"); RETURN NULL;', hash='6b85afb12655b5b0528e7d73527ccb5cfe97d937', operation='DELETE', pgid='pgtrigger_delete_delete_8b216', table='matchmaking_call', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='callevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='8a149c221094258963b536b355b25613a18b63f4', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_403c5', table='matchmaking_callevent', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='callinvitation',
            index=models.Index(fields=['state', 'expires_on'], name='call_invitations_by_their_end'),
        ),
        migrations.AddConstraint(
            model_name='callinvitation',
            constraint=models.UniqueConstraint(fields=('call', 'member'), name='a_member_is_invited_to_a_call_once'),
        ),
        migrations.AddConstraint(
            model_name='callinvitation',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['invited', 'accepted', 'declined', 'withdrawn', 'expired', 'ended'])), name='a_call_invitation_is_in_a_known_state'),
        ),
        migrations.AddConstraint(
            model_name='callinvitation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('answered_by__isnull', True)), models.Q(('answered_at__isnull', False), ('answered_by__isnull', False)), _connector='OR'), name='a_call_invitation_is_answered_by_someone'),
        ),
        migrations.AddConstraint(
            model_name='callinvitation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', False), ('state__in', ['accepted', 'declined'])), models.Q(models.Q(('state__in', ['accepted', 'declined']), _negated=True), ('answered_at__isnull', True)), _connector='OR'), name='an_answer_to_a_call_has_its_person'),
        ),
        migrations.AddConstraint(
            model_name='callinvitation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('introduction__isnull', False), ('state', 'accepted')), models.Q(models.Q(('state', 'accepted'), _negated=True), ('introduction__isnull', True)), _connector='OR'), name='an_accepted_call_invitation_leads_to_an_introduction'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='callinvitation',
            trigger=pgtrigger.compiler.Trigger(name='call_invitations_stay', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='7c37e273239a223b69060f0ebe3414b6e0546a13', operation='DELETE', pgid='pgtrigger_call_invitations_stay_32f48', table='matchmaking_callinvitation', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='callinvitation',
            trigger=pgtrigger.compiler.Trigger(name='lawful_steps_of_an_invitation', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{invited:accepted,invited:declined,invited:withdrawn,invited:expired,invited:ended}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='dccc131aeab55acbcadc179dfccab483a4e06d4d', operation='UPDATE', pgid='pgtrigger_lawful_steps_of_an_invitation_5127d', table='matchmaking_callinvitation', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='callinvitation',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "matchmaking_callinvitationevent" ("answered_at", "answered_by_id", "call_id", "expires_on", "id", "introduction_id", "key", "member_id", "message", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "sent_at", "sent_by_id", "state") VALUES (NEW."answered_at", NEW."answered_by_id", NEW."call_id", NEW."expires_on", NEW."id", NEW."introduction_id", NEW."key", NEW."member_id", NEW."message", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."sent_at", NEW."sent_by_id", NEW."state"); RETURN NULL;', hash='7ab3af99be5e5f503a1e7b6e53bf637dcf661636', operation='INSERT', pgid='pgtrigger_insert_insert_c6df4', table='matchmaking_callinvitation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='callinvitation',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "matchmaking_callinvitationevent" ("answered_at", "answered_by_id", "call_id", "expires_on", "id", "introduction_id", "key", "member_id", "message", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "sent_at", "sent_by_id", "state") VALUES (NEW."answered_at", NEW."answered_by_id", NEW."call_id", NEW."expires_on", NEW."id", NEW."introduction_id", NEW."key", NEW."member_id", NEW."message", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."sent_at", NEW."sent_by_id", NEW."state"); RETURN NULL;', hash='516b8ab94f51717fcbb339456511a11aeeed049b', operation='UPDATE', pgid='pgtrigger_update_update_e6ebf', table='matchmaking_callinvitation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='callinvitation',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "matchmaking_callinvitationevent" ("answered_at", "answered_by_id", "call_id", "expires_on", "id", "introduction_id", "key", "member_id", "message", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "sent_at", "sent_by_id", "state") VALUES (OLD."answered_at", OLD."answered_by_id", OLD."call_id", OLD."expires_on", OLD."id", OLD."introduction_id", OLD."key", OLD."member_id", OLD."message", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reason", OLD."sent_at", OLD."sent_by_id", OLD."state"); RETURN NULL;', hash='2697a83e3ae0ce8cd209fa2794060269a10d19c8', operation='DELETE', pgid='pgtrigger_delete_delete_1ded6', table='matchmaking_callinvitation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='callinvitationevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='4e7a412fcdb0be25646d092d10bd0857211baa73', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_23afe', table='matchmaking_callinvitationevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='callplace',
            constraint=models.UniqueConstraint(fields=('call', 'tag'), name='a_call_asks_for_a_capability_once'),
        ),
        migrations.AddConstraint(
            model_name='callplace',
            constraint=models.CheckConstraint(condition=models.Q(('least_trl__isnull', True), models.Q(('least_trl__gte', 1), ('least_trl__lte', 9)), _connector='OR'), name='maturity_of_a_place_is_from_one_to_nine'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='callplace',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "matchmaking_callplaceevent" ("call_id", "id", "least_trl", "must", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "tag_id") VALUES (NEW."call_id", NEW."id", NEW."least_trl", NEW."must", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."tag_id"); RETURN NULL;', hash='12747af234df865c96b5b5beb8f156965817d506', operation='INSERT', pgid='pgtrigger_insert_insert_9afed', table='matchmaking_callplace', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='callplace',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "matchmaking_callplaceevent" ("call_id", "id", "least_trl", "must", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "tag_id") VALUES (NEW."call_id", NEW."id", NEW."least_trl", NEW."must", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."tag_id"); RETURN NULL;', hash='76c4f09105c74f21f87a2119550c3e7b29792b9f', operation='UPDATE', pgid='pgtrigger_update_update_674ff', table='matchmaking_callplace', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='callplace',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "matchmaking_callplaceevent" ("call_id", "id", "least_trl", "must", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "tag_id") VALUES (OLD."call_id", OLD."id", OLD."least_trl", OLD."must", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."tag_id"); RETURN NULL;', hash='7483614778edbc127fb624895113038c70c91ad7', operation='DELETE', pgid='pgtrigger_delete_delete_0d00a', table='matchmaking_callplace', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='callplaceevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='3794e20ddd311800199a4380351ab20a1b2817be', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_7fe14', table='matchmaking_callplaceevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='callrole',
            constraint=models.UniqueConstraint(fields=('call', 'role'), name='a_call_asks_for_a_role_once'),
        ),
        migrations.AddConstraint(
            model_name='callrole',
            constraint=models.CheckConstraint(condition=models.Q(('role__in', ['industry', 'university', 'government', 'catalyst', 'funder', 'civil_society'])), name='a_call_asks_for_a_known_role'),
        ),
        migrations.AddConstraint(
            model_name='callrole',
            constraint=models.CheckConstraint(condition=models.Q(('least__gte', 1), ('least__lte', 20)), name='a_call_asks_for_some_of_a_role'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='callrole',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "matchmaking_callroleevent" ("call_id", "id", "least", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role") VALUES (NEW."call_id", NEW."id", NEW."least", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."role"); RETURN NULL;', hash='9e2289cc7e48c8922c300f1fa8cd4c6a98000470', operation='INSERT', pgid='pgtrigger_insert_insert_cfb18', table='matchmaking_callrole', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='callrole',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "matchmaking_callroleevent" ("call_id", "id", "least", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role") VALUES (NEW."call_id", NEW."id", NEW."least", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."role"); RETURN NULL;', hash='b9ab4c57442a4609c75846a644008f68daf30f12', operation='UPDATE', pgid='pgtrigger_update_update_d02b7', table='matchmaking_callrole', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='callrole',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "matchmaking_callroleevent" ("call_id", "id", "least", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role") VALUES (OLD."call_id", OLD."id", OLD."least", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."role"); RETURN NULL;', hash='b35a8e9d3c9fa3e1b3aa4b6d1451afb448ff7387', operation='DELETE', pgid='pgtrigger_delete_delete_dc32c', table='matchmaking_callrole', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='callroleevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='066ac839e550503973acb24fadf56e6980d84fa5', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_240ec', table='matchmaking_callroleevent', when='BEFORE')),
        ),
    ]
