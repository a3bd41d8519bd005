import cluster_portal.common.constraints
import cluster_portal.common.migrating
import django.contrib.postgres.operations
import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
import django.utils.timezone
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('common', '0001_tables'),
        ('common', '0002_attachments'),
        ('common', '0003_mail_preferences'),
    ]

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('contenttypes', '0002_remove_content_type_name'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        django.contrib.postgres.operations.TrigramExtension(
        ),
        django.contrib.postgres.operations.UnaccentExtension(
        ),
        django.contrib.postgres.operations.BtreeGistExtension(
        ),
        migrations.RunSQL(
            sql="""
CREATE FUNCTION portal_fold(text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
RETURN lower(unaccent('unaccent', $1))
""",
            reverse_sql='DROP FUNCTION portal_fold(text)',
        ),
        migrations.RunSQL(
            sql="""
CREATE TEXT SEARCH CONFIGURATION portal_ro (COPY = romanian);
ALTER TEXT SEARCH CONFIGURATION portal_ro ALTER MAPPING FOR hword, hword_part, word WITH unaccent, romanian_stem;
CREATE TEXT SEARCH CONFIGURATION portal_en (COPY = english);
ALTER TEXT SEARCH CONFIGURATION portal_en ALTER MAPPING FOR hword, hword_part, word WITH unaccent, english_stem;
CREATE TEXT SEARCH CONFIGURATION portal_names (COPY = simple);
ALTER TEXT SEARCH CONFIGURATION portal_names ALTER MAPPING FOR hword, hword_part, word WITH unaccent, simple;
""",
            reverse_sql='DROP TEXT SEARCH CONFIGURATION portal_ro;DROP TEXT SEARCH CONFIGURATION portal_en;DROP TEXT SEARCH CONFIGURATION portal_names;',
        ),
        cluster_portal.common.migrating.CreateModels(
            operations=[
                migrations.CreateModel(
                    name='Heartbeat',
                    fields=[
                        ('name', models.CharField(max_length=30, primary_key=True, serialize=False)),
                        ('at', models.DateTimeField(db_default=cluster_portal.common.constraints.ClockTimestamp())),
                    ],
                ),
                migrations.CreateModel(
                    name='User',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('password', models.CharField(max_length=128, verbose_name='password')),
                        ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                        ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                        ('email', models.EmailField(max_length=254, unique=True, verbose_name='e-mail address')),
                        ('full_name', models.CharField(blank=True, max_length=150, verbose_name='full name')),
                        ('language', models.CharField(choices=[('ro', 'Romanian'), ('en', 'English')], default='ro', max_length=2, verbose_name='language of letters')),
                        ('is_active', models.BooleanField(default=True, verbose_name='may sign in')),
                        ('is_staff', models.BooleanField(default=False, verbose_name="works at the Board's or the office's desk")),
                        ('date_joined', models.DateTimeField(default=django.utils.timezone.now, verbose_name='account since')),
                        ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                        ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
                    ],
                    options={
                        'verbose_name': 'person',
                        'verbose_name_plural': 'people',
                        'ordering': ('email',),
                        'constraints': [models.CheckConstraint(condition=models.Q(('email', django.db.models.functions.text.Lower(models.F('email')))), name='an_address_is_in_lower_case')],
                    },
                ),
                migrations.CreateModel(
                    name='Cluster',
                    fields=[
                        ('id', models.PositiveSmallIntegerField(default=1, editable=False, primary_key=True, serialize=False)),
                        ('code', models.SlugField(unique=True, verbose_name='code')),
                        ('name_ro', models.CharField(max_length=200, verbose_name='name in Romanian')),
                        ('name_en', models.CharField(max_length=200, verbose_name='name in English')),
                        ('short_name', models.CharField(max_length=60, verbose_name='short name')),
                        ('tagline_ro', models.CharField(max_length=200, verbose_name='one sentence in Romanian')),
                        ('tagline_en', models.CharField(max_length=200, verbose_name='one sentence in English')),
                        ('headline_ro', models.CharField(blank=True, max_length=120, verbose_name='headline in Romanian')),
                        ('headline_en', models.CharField(blank=True, max_length=120, verbose_name='headline in English')),
                        ('description_ro', models.TextField(verbose_name='what it is, in Romanian')),
                        ('description_en', models.TextField(verbose_name='what it is, in English')),
                        ('seat', models.CharField(blank=True, max_length=200, verbose_name='seat')),
                        ('email', models.EmailField(max_length=254, verbose_name='office e-mail')),
                        ('website', models.URLField(blank=True, verbose_name='website')),
                        ('founded_on', models.CharField(blank=True, help_text='Year, or year and month.', max_length=10, verbose_name='founded')),
                        ('matrix', models.JSONField(default=dict, editable=False, verbose_name='axes of the capability matrix')),
                        ('preset_digest', models.CharField(blank=True, editable=False, max_length=64)),
                    ],
                    options={
                        'verbose_name': 'cluster',
                        'verbose_name_plural': 'cluster',
                        'constraints': [models.CheckConstraint(condition=models.Q(('id', 1)), name='a_portal_serves_one_cluster')],
                    },
                ),
                migrations.CreateModel(
                    name='AuditEvent',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('at', models.DateTimeField(db_default=cluster_portal.common.constraints.ClockTimestamp(), editable=False, verbose_name='at')),
                        ('transaction', models.BigIntegerField(db_default=cluster_portal.common.constraints.TransactionId(), editable=False)),
                        ('actor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                        ('actor_name', models.CharField(blank=True, max_length=150, verbose_name='name at that time')),
                        ('verb', models.CharField(max_length=60, verbose_name='what was done')),
                        ('target_type', models.CharField(max_length=60, verbose_name='kind of thing')),
                        ('target_id', models.CharField(max_length=60, verbose_name='which')),
                        ('target_name', models.CharField(max_length=250, verbose_name='its name at that time')),
                        ('params', models.JSONField(default=dict, verbose_name='details')),
                    ],
                    options={
                        'verbose_name': 'audit line',
                        'verbose_name_plural': 'audit trail',
                        'ordering': ('-id',),
                        'indexes': [models.Index(fields=['target_type', 'target_id', '-id'], name='audit_of_a_thing'), models.Index(fields=['actor', '-id'], name='audit_of_a_person')],
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='b5a3c33c3f86936f65b44fdb57985ac87a6e4c20', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_085fa', table='common_auditevent', when='BEFORE')), pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'rows of % are written once', TG_TABLE_NAME;", hash='f7482ca0442ff50b223d26d502d2aa37251f7739', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_9fd4b', table='common_auditevent', when='BEFORE')), pgtrigger.compiler.Trigger(name='sealed_at_commit', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func="\n    PERFORM pg_advisory_xact_lock(hashtext('audit chain'));\n    INSERT INTO common_auditlink (event_id, previous, digest)\n    SELECT NEW.id, last.digest,\n           encode(sha256(convert_to(last.digest || common_audit_text(NEW), 'UTF8')), 'hex')\n    FROM (SELECT coalesce((SELECT digest FROM common_auditlink ORDER BY id DESC LIMIT 1), '') AS digest) AS last;\n    RETURN NULL;\n", hash='2e004e147b8f853fbf3476830414ca2aa01c8fa2', operation='INSERT', pgid='pgtrigger_sealed_at_commit_b7a7c', table='common_auditevent', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='OutgoingMail',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('dedup_key', models.CharField(max_length=200, unique=True, verbose_name='cause')),
                        ('kind', models.CharField(max_length=60, verbose_name='letter')),
                        ('recipient', models.EmailField(max_length=254, verbose_name='to')),
                        ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('language', models.CharField(choices=[('ro', 'Romanian'), ('en', 'English')], max_length=2, verbose_name='language')),
                        ('subject', models.CharField(max_length=250, verbose_name='subject')),
                        ('text', models.TextField(verbose_name='text')),
                        ('html', models.TextField(blank=True, verbose_name='page')),
                        ('confidential', models.BooleanField(default=False, verbose_name='carries a key')),
                        ('target_type', models.CharField(blank=True, max_length=60)),
                        ('target_id', models.CharField(blank=True, max_length=60)),
                        ('message_id', models.CharField(max_length=200, unique=True)),
                        ('state', models.CharField(choices=[('queued', 'waiting'), ('sending', 'being sent'), ('sent', 'sent'), ('uncertain', 'perhaps sent'), ('failed', 'failed'), ('held', 'on hold'), ('cancelled', 'cancelled')], default='queued', max_length=10, verbose_name='state')),
                        ('created_at', models.DateTimeField(db_default=cluster_portal.common.constraints.ClockTimestamp(), editable=False, verbose_name='written at')),
                        ('due_at', models.DateTimeField(db_default=cluster_portal.common.constraints.ClockTimestamp(), verbose_name='next attempt at')),
                        ('lease_until', models.DateTimeField(blank=True, null=True)),
                        ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='attempts')),
                        ('handed_over', models.PositiveSmallIntegerField(default=0, help_text='How often it may have arrived.', verbose_name='handed over without an answer')),
                        ('last_error', models.TextField(blank=True, verbose_name='last error')),
                        ('smtp_reply', models.CharField(blank=True, max_length=500, verbose_name='answer of the server')),
                        ('sent_at', models.DateTimeField(blank=True, null=True, verbose_name='sent at')),
                        ('topic', models.CharField(blank=True, max_length=60, verbose_name='topic')),
                    ],
                    options={
                        'verbose_name': 'letter',
                        'verbose_name_plural': 'letters',
                        'ordering': ('-id',),
                        'indexes': [models.Index(condition=models.Q(('state__in', ['queued', 'sending', 'uncertain'])), fields=['due_at'], name='letters_due'), models.Index(fields=['target_type', 'target_id'], name='letters_of_a_thing'), models.Index(condition=models.Q(('state', 'sent'), _negated=True), fields=['state'], name='letters_not_sent')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['queued', 'sending', 'sent', 'uncertain', 'failed', 'held', 'cancelled'])), name='a_letter_is_in_a_known_state'), models.CheckConstraint(condition=models.Q(models.Q(('sent_at__isnull', False), ('state', 'sent')), models.Q(('state', 'sent'), _negated=True), _connector='OR'), name='a_sent_letter_has_its_time'), models.CheckConstraint(condition=models.Q(models.Q(('lease_until__isnull', False), ('state', 'sending')), models.Q(('state', 'sending'), _negated=True), _connector='OR'), name='a_letter_being_sent_has_a_lease')],
                    },
                ),
                migrations.CreateModel(
                    name='AuditLink',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('event', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='link', to='common.auditevent')),
                        ('previous', models.CharField(blank=True, max_length=64)),
                        ('digest', models.CharField(max_length=64)),
                    ],
                    options={
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='8e1aec2f316a651622052a96f5b4f447e955c2ef', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_c51dd', table='common_auditlink', when='BEFORE')), pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'rows of % are written once', TG_TABLE_NAME;", hash='d1ba205d62475c595d7ba9536b528a65eaee792c', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_4487f', table='common_auditlink', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='OutgoingAttachment',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=80, verbose_name='name of the file')),
                        ('content_type', models.CharField(max_length=40)),
                        ('method', models.CharField(blank=True, max_length=10)),
                        ('content', models.BinaryField()),
                        ('mail', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attachments', to='common.outgoingmail', verbose_name='letter')),
                    ],
                    options={
                        'verbose_name': 'attachment of a letter',
                        'verbose_name_plural': 'attachments of letters',
                        'ordering': ('id',),
                        'constraints': [models.CheckConstraint(condition=models.Q(('content_type__in', ['text/calendar', 'application/pdf'])), name='an_attachment_is_a_calendar_or_a_pdf'), models.CheckConstraint(condition=models.Q(('method__in', ['', 'REQUEST', 'CANCEL'])), name='a_calendar_asks_or_cancels'), models.CheckConstraint(condition=models.Q(('method', ''), ('content_type', 'text/calendar'), _connector='OR'), name='only_a_calendar_has_a_method'), models.CheckConstraint(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('content'), models.Value(204800))), name='an_attachment_is_small')],
                    },
                ),
                migrations.CreateModel(
                    name='RefusedTopic',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('address', models.EmailField(max_length=254, verbose_name='address')),
                        ('topic', models.CharField(max_length=60, verbose_name='topic')),
                        ('way', models.CharField(choices=[('page', 'on a page of the portal'), ('one_click', 'with one click in the mail program')], max_length=10, verbose_name='how')),
                        ('refused_at', models.DateTimeField(db_default=cluster_portal.common.constraints.ClockTimestamp(), editable=False, verbose_name='refused at')),
                        ('refused_by', models.ForeignKey(blank=True, help_text='Empty when it was done with the link of a letter.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='signed in as')),
                    ],
                    options={
                        'verbose_name': 'refused topic',
                        'verbose_name_plural': 'refused topics',
                        'ordering': ('topic', 'address'),
                        'constraints': [models.UniqueConstraint(fields=('address', 'topic'), name='a_topic_is_refused_once_by_an_address'), models.CheckConstraint(condition=models.Q(('address', django.db.models.functions.text.Lower(models.F('address')))), name='a_refusing_address_is_folded'), models.CheckConstraint(condition=models.Q(('way__in', ['page', 'one_click'])), name='a_topic_is_refused_in_a_known_way')],
                        'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "common_refusedtopicevent" ("address", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "refused_at", "refused_by_id", "topic", "way") VALUES (NEW."address", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."refused_at", NEW."refused_by_id", NEW."topic", NEW."way"); RETURN NULL;', hash='08ef30eb94311e8b153a102d8a0b6a8579591e72', operation='INSERT', pgid='pgtrigger_insert_insert_db7d5', table='common_refusedtopic', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "common_refusedtopicevent" ("address", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "refused_at", "refused_by_id", "topic", "way") VALUES (OLD."address", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."refused_at", OLD."refused_by_id", OLD."topic", OLD."way"); RETURN NULL;', hash='6dd29f25811a580ce9f646075cafbbea1af082e6', operation='DELETE', pgid='pgtrigger_delete_delete_824c1', table='common_refusedtopic', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='RefusedTopicEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('address', models.EmailField(max_length=254, verbose_name='address')),
                        ('topic', models.CharField(max_length=60, verbose_name='topic')),
                        ('way', models.CharField(choices=[('page', 'on a page of the portal'), ('one_click', 'with one click in the mail program')], max_length=10, verbose_name='how')),
                        ('refused_at', models.DateTimeField(db_default=cluster_portal.common.constraints.ClockTimestamp(), editable=False, verbose_name='refused at')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='common.refusedtopic')),
                        ('refused_by', models.ForeignKey(blank=True, db_constraint=False, help_text='Empty when it was done with the link of a letter.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='signed in as')),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='8b1701e6e4fb98c1e6adc122a6e218e251f16596', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_11f6d', table='common_refusedtopicevent', when='BEFORE'))],
                    },
                ),
            ],
        ),
        migrations.RunSQL(
            sql="""
CREATE FUNCTION common_audit_text(e common_auditevent) RETURNS text LANGUAGE sql STABLE
RETURN jsonb_build_array(
    e.id, to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US'), e.transaction, e.actor_id, e.actor_name,
    e.verb, e.target_type, e.target_id, e.target_name, e.params
)::text
""",
            reverse_sql='DROP FUNCTION common_audit_text(common_auditevent)',
        ),
    ]
