import cluster_portal.common.constraints
import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import members.models.texts
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('matchmaking', '0010_calls'),
        ('members', '0003_contact_consents'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='BrokerageDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('gathering', models.UUIDField(blank=True, editable=False, null=True, unique=True)),
                ('title_ro', models.CharField(max_length=160, verbose_name='title in Romanian')),
                ('title_en', models.CharField(blank=True, max_length=160, verbose_name='title in English')),
                ('place', models.CharField(blank=True, max_length=200, verbose_name='place')),
                ('starts_at', models.DateTimeField(verbose_name='first meeting at')),
                ('slot_minutes', models.PositiveSmallIntegerField(default=20, validators=[django.core.validators.MinValueValidator(5), django.core.validators.MaxValueValidator(120)], verbose_name='minutes of a meeting')),
                ('slots', models.PositiveSmallIntegerField(default=12, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(60)], verbose_name='meetings one after the other')),
                ('tables', models.PositiveSmallIntegerField(default=10, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(300)], verbose_name='tables')),
                ('breaks', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(), blank=True, default=list, size=None, verbose_name='breaks')),
                ('wishes_until', models.DateTimeField(blank=True, null=True, verbose_name='wishes until')),
                ('state', models.CharField(choices=[('prepared', 'Being prepared'), ('wishes', 'Wishes are open'), ('planned', 'The timetable is being reviewed'), ('published', 'Published'), ('cancelled', 'Cancelled')], default='prepared', editable=False, max_length=9, verbose_name='state')),
                ('seed', models.PositiveIntegerField(default=1, verbose_name='number of the draw')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('inputs', models.PositiveIntegerField(default=0, editable=False)),
                ('plan_asked_at', models.DateTimeField(editable=False, null=True, verbose_name='timetable asked for at')),
                ('plan_started_at', models.DateTimeField(editable=False, null=True, verbose_name='computing since')),
                ('planned_at', models.DateTimeField(editable=False, null=True, verbose_name='timetable made at')),
                ('planned_inputs', models.PositiveIntegerField(editable=False, null=True)),
                ('planned_bound', models.PositiveIntegerField(editable=False, null=True)),
                ('trouble', models.CharField(blank=True, editable=False, max_length=300, verbose_name='why there is no timetable')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('published_at', models.DateTimeField(editable=False, null=True, verbose_name='published at')),
                ('demonstration', models.BooleanField(default=False, editable=False)),
                ('created_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('published_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'brokerage day',
                'verbose_name_plural': 'brokerage days',
                'ordering': ('-starts_at', '-id'),
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['prepared', 'wishes', 'planned', 'published', 'cancelled'])), name='a_brokerage_day_is_in_a_known_state'), models.CheckConstraint(condition=models.Q(('slots__gte', 1), ('slots__lte', 60)), name='a_day_has_slots'), models.CheckConstraint(condition=models.Q(('tables__gte', 1), ('tables__lte', 300)), name='a_day_has_tables'), models.CheckConstraint(condition=models.Q(('slot_minutes__gte', 5), ('slot_minutes__lte', 120)), name='a_meeting_lasts_minutes'), models.CheckConstraint(condition=models.Q(models.Q(('published_at__isnull', True), ('published_by__isnull', True)), models.Q(('published_at__isnull', False), ('published_by__isnull', False)), _connector='OR'), name='a_timetable_is_published_by_someone'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'published'), _negated=True), ('published_at__isnull', False), _connector='OR'), name='a_published_day_has_its_time')],
            },
            bases=(members.models.texts.InTwoLanguages, models.Model),
        ),
        migrations.CreateModel(
            name='DayMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('attends', models.CharField(blank=True, max_length=200, verbose_name='who comes')),
                ('away', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(), blank=True, default=list, size=None, verbose_name='not there at')),
                ('most', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(60)], verbose_name='meetings at most')),
                ('added_at', models.DateTimeField(db_default=cluster_portal.common.constraints.ClockTimestamp())),
                ('left_at', models.DateTimeField(editable=False, null=True, verbose_name='does not come any more')),
                ('day', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='members', to='matchmaking.brokerageday')),
                ('left_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='brokerage_days', to='members.organisation')),
            ],
            options={
                'verbose_name': 'participant of a brokerage day',
                'verbose_name_plural': 'participants of brokerage days',
                'ordering': ('organisation__sort_key', 'id'),
                'constraints': [models.UniqueConstraint(fields=('day', 'organisation'), name='a_member_comes_to_a_day_once'), models.UniqueConstraint(fields=('id', 'day'), name='a_participant_belongs_to_its_day'), models.CheckConstraint(condition=models.Q(('left_by__isnull', True), ('left_at__isnull', False), _connector='OR'), name='who_says_so_says_when')],
            },
        ),
        migrations.CreateModel(
            name='Meeting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slot', models.PositiveSmallIntegerField(verbose_name='slot')),
                ('table', models.PositiveSmallIntegerField(verbose_name='table')),
                ('state', models.CharField(choices=[('provisional', 'Provisional'), ('confirmed', 'Confirmed')], default='provisional', max_length=11, verbose_name='state')),
                ('locked', models.BooleanField(default=False, verbose_name='stays where it is')),
                ('sequence', models.PositiveIntegerField(default=0, editable=False)),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('added_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('day', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='meetings', to='matchmaking.brokerageday')),
            ],
            options={
                'verbose_name': 'meeting',
                'verbose_name_plural': 'meetings',
                'ordering': ('slot', 'table'),
                'constraints': [models.UniqueConstraint(fields=('day', 'slot', 'table'), name='a_table_seats_one_meeting_at_a_time'), models.UniqueConstraint(fields=('id', 'day', 'slot'), name='a_meeting_has_its_day_and_slot'), models.CheckConstraint(condition=models.Q(('state__in', ['provisional', 'confirmed'])), name='a_meeting_is_in_a_known_state')],
            },
        ),
        migrations.CreateModel(
            name='MeetingSeat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slot', models.PositiveSmallIntegerField()),
                ('day', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='matchmaking.brokerageday')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='seats', to='matchmaking.meeting')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='seats', to='matchmaking.daymember')),
            ],
            options={
                'verbose_name': 'seat at a meeting',
                'verbose_name_plural': 'seats at meetings',
                'ordering': ('id',),
                'constraints': [models.UniqueConstraint(fields=('day', 'slot', 'member'), name='nobody_is_in_two_meetings_at_once'), models.UniqueConstraint(fields=('meeting', 'member'), name='nobody_meets_itself')],
            },
        ),
        migrations.CreateModel(
            name='Wish',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('answer', models.CharField(choices=[('must', 'Must meet'), ('like', 'Would like to meet'), ('no', 'No, thank you')], max_length=4, verbose_name='wish')),
                ('message', models.CharField(blank=True, max_length=300, verbose_name='what about')),
                ('at', models.DateTimeField(db_default=cluster_portal.common.constraints.ClockTimestamp())),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('day', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='wishes', to='matchmaking.brokerageday')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='wishes', to='matchmaking.daymember')),
                ('partner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='wishes_received', to='matchmaking.daymember')),
            ],
            options={
                'verbose_name': 'wish for a meeting',
                'verbose_name_plural': 'wishes for meetings',
                'ordering': ('id',),
                'constraints': [models.UniqueConstraint(fields=('member', 'partner'), name='a_wish_is_stated_once'), models.CheckConstraint(condition=models.Q(('member', models.F('partner')), _negated=True), name='nobody_wishes_to_meet_itself'), models.CheckConstraint(condition=models.Q(('answer__in', ['must', 'like', 'no'])), name='a_wish_is_stated_in_known_words')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='brokerageday',
            trigger=pgtrigger.compiler.Trigger(name='lawful_steps', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{prepared:wishes,wishes:planned,planned:wishes,planned:published,wishes:cancelled,planned:cancelled,published:cancelled}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='f1f739c25ab6dbf864dad3ee8ec32d31fed0f1a7', operation='UPDATE', pgid='pgtrigger_lawful_steps_94522', table='matchmaking_brokerageday', when='BEFORE')),
        ),
        # Keys over several columns, which Django's models cannot express: a seat has the day and slot of its meeting and
        # the day of its participant, a wish joins two participants of its day.
        migrations.RunSQL(
            """
            ALTER TABLE matchmaking_meetingseat
                ADD CONSTRAINT a_seat_is_at_the_slot_of_its_meeting FOREIGN KEY (meeting_id, day_id, slot)
                    REFERENCES matchmaking_meeting (id, day_id, slot) DEFERRABLE INITIALLY DEFERRED,
                ADD CONSTRAINT a_seat_is_taken_by_somebody_of_its_day FOREIGN KEY (member_id, day_id)
                    REFERENCES matchmaking_daymember (id, day_id) DEFERRABLE INITIALLY DEFERRED;
            ALTER TABLE matchmaking_wish
                ADD CONSTRAINT a_wish_is_of_somebody_of_its_day FOREIGN KEY (member_id, day_id)
                    REFERENCES matchmaking_daymember (id, day_id) DEFERRABLE INITIALLY DEFERRED,
                ADD CONSTRAINT a_wish_is_for_somebody_of_its_day FOREIGN KEY (partner_id, day_id)
                    REFERENCES matchmaking_daymember (id, day_id) DEFERRABLE INITIALLY DEFERRED;
            """,
            """
            ALTER TABLE matchmaking_meetingseat
                DROP CONSTRAINT a_seat_is_at_the_slot_of_its_meeting,
                DROP CONSTRAINT a_seat_is_taken_by_somebody_of_its_day;
            ALTER TABLE matchmaking_wish
                DROP CONSTRAINT a_wish_is_of_somebody_of_its_day,
                DROP CONSTRAINT a_wish_is_for_somebody_of_its_day;
            """,
        ),
    ]
