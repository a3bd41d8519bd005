import django.core.validators
import django.db.models.deletion
import members.models.texts
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('matchmaking', '0005_freshness'),
        ('members', '0003_contact_consents'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.CreateModel(
            name='IndexState',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('works', models.IntegerField(default=0)),
                ('weighed_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='TagRarity',
            fields=[
                ('tag', models.OneToOneField(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, primary_key=True, related_name='+', serialize=False, to='members.tag')),
                ('works', models.IntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='WordRarity',
            fields=[
                ('pk', models.CompositePrimaryKey('language', 'word', blank=True, editable=False, primary_key=True, serialize=False)),
                ('language', models.CharField(max_length=2)),
                ('word', models.TextField(db_collation='C')),
                ('works', models.IntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='Reference',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stated_by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='references_stated', to='members.organisation', verbose_name='stated by')),
                ('title_ro', models.CharField(blank=True, max_length=250, verbose_name='title in Romanian')),
                ('title_en', models.CharField(blank=True, max_length=250, verbose_name='title in English')),
                ('text_ro', models.TextField(blank=True, max_length=4000, verbose_name='what was done, in Romanian')),
                ('text_en', models.TextField(blank=True, max_length=4000, verbose_name='what was done, in English')),
                ('year', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1900), django.core.validators.MaxValueValidator(2200)], verbose_name='year')),
                ('trl', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(9)], verbose_name='maturity reached (TRL)')),
                ('visibility', models.CharField(choices=[('public', 'Everyone'), ('members', 'Members'), ('contact', 'Partners after an accepted introduction'), ('office', 'The cluster office only')], default='members', max_length=8, verbose_name='seen by')),
                ('tags', models.ManyToManyField(blank=True, related_name='references', to='members.tag', verbose_name='capabilities')),
            ],
            options={
                'verbose_name': 'reference',
                'verbose_name_plural': 'references',
                'ordering': ('-year', 'id'),
            },
            bases=(members.models.texts.InTwoLanguages, models.Model),
        ),
        migrations.CreateModel(
            name='ReferenceEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='matchmaking.reference')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('stated_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.organisation', verbose_name='stated by')),
                ('title_ro', models.CharField(blank=True, max_length=250, verbose_name='title in Romanian')),
                ('title_en', models.CharField(blank=True, max_length=250, verbose_name='title in English')),
                ('text_ro', models.TextField(blank=True, max_length=4000, verbose_name='what was done, in Romanian')),
                ('text_en', models.TextField(blank=True, max_length=4000, verbose_name='what was done, in English')),
                ('year', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1900), django.core.validators.MaxValueValidator(2200)], verbose_name='year')),
                ('trl', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(9)], verbose_name='maturity reached (TRL)')),
                ('visibility', models.CharField(choices=[('public', 'Everyone'), ('members', 'Members'), ('contact', 'Partners after an accepted introduction'), ('office', 'The cluster office only')], default='members', max_length=8, verbose_name='seen by')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ReferenceParty',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parties', to='matchmaking.reference')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reference_parties', to='members.organisation')),
                ('confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='confirmed')),
            ],
            options={
                'verbose_name': 'organisation of a reference',
                'verbose_name_plural': 'organisations of references',
                'constraints': [models.UniqueConstraint(fields=('reference', 'organisation'), name='an_organisation_takes_part_in_a_reference_once')],
            },
        ),
        migrations.CreateModel(
            name='Work',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.OneToOneField(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='work', to='matchmaking.reference')),
                ('offer', models.OneToOneField(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='work', to='members.capability')),
                ('shared', models.BooleanField()),
                ('trl', models.PositiveSmallIntegerField(null=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('offer__isnull', False), ('reference__isnull', True)), models.Q(('offer__isnull', True), ('reference__isnull', False)), _connector='OR'), name='a_work_is_a_reference_or_an_offer')],
            },
        ),
        migrations.CreateModel(
            name='ReferencePartyEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='matchmaking.referenceparty')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('reference', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='matchmaking.reference')),
                ('organisation', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.organisation')),
                ('confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='confirmed')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='NearWork',
            fields=[
                ('pk', models.CompositePrimaryKey('work', 'near', 'through_partners', blank=True, editable=False, primary_key=True, serialize=False)),
                ('work', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='matchmaking.work')),
                ('near', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='matchmaking.work')),
                ('through_partners', models.BooleanField()),
                ('partners', models.IntegerField()),
                ('share', models.IntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='WorkParty',
            fields=[
                ('pk', models.CompositePrimaryKey('work', 'organisation', blank=True, editable=False, primary_key=True, serialize=False)),
                ('work', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='parties', to='matchmaking.work')),
                ('organisation', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='members.organisation')),
            ],
        ),
        migrations.CreateModel(
            name='WorkTag',
            fields=[
                ('pk', models.CompositePrimaryKey('tag', 'work', blank=True, editable=False, primary_key=True, serialize=False)),
                ('tag', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='members.tag')),
                ('work', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='matchmaking.work')),
            ],
        ),
        migrations.CreateModel(
            name='WorkWord',
            fields=[
                ('pk', models.CompositePrimaryKey('language', 'word', 'work', blank=True, editable=False, primary_key=True, serialize=False)),
                ('language', models.CharField(max_length=2)),
                ('word', models.TextField(db_collation='C')),
                ('work', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='matchmaking.work')),
                ('count', models.PositiveSmallIntegerField()),
                ('weight', models.IntegerField()),
            ],
        ),
        migrations.AddField(
            model_name='reference',
            name='organisations',
            field=models.ManyToManyField(related_name='references', through='matchmaking.ReferenceParty', to='members.organisation', verbose_name='carried out by'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='referenceevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='f4eed0907c20b392a8e7e4e38982dcac3d872a69', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_f92f5', table='matchmaking_referenceevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='referenceparty',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "matchmaking_referencepartyevent" ("confirmed_at", "id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference_id") VALUES (NEW."confirmed_at", NEW."id", NEW."organisation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reference_id"); RETURN NULL;', hash='305a162a9351b2080eb1504468f6022afb257e2e', operation='INSERT', pgid='pgtrigger_insert_insert_9c336', table='matchmaking_referenceparty', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='referenceparty',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "matchmaking_referencepartyevent" ("confirmed_at", "id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference_id") VALUES (NEW."confirmed_at", NEW."id", NEW."organisation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reference_id"); RETURN NULL;', hash='851512d18aa4bd2f2af481fb8fd0a48c6f0447e7', operation='UPDATE', pgid='pgtrigger_update_update_1ac5f', table='matchmaking_referenceparty', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='referenceparty',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "matchmaking_referencepartyevent" ("confirmed_at", "id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference_id") VALUES (OLD."confirmed_at", OLD."id", OLD."organisation_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reference_id"); RETURN NULL;', hash='ecf0dadd205a19765c1e3f37026e61a4f858362f', operation='DELETE', pgid='pgtrigger_delete_delete_06f56', table='matchmaking_referenceparty', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='reference',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('title_ro', ''), _negated=True), models.Q(('title_en', ''), _negated=True), _connector='OR'), name='a_reference_has_a_title'),
        ),
        migrations.AddConstraint(
            model_name='reference',
            constraint=models.CheckConstraint(condition=models.Q(('year__isnull', True), models.Q(('year__gte', 1900), ('year__lte', 2200)), _connector='OR'), name='a_reference_has_a_sane_year'),
        ),
        migrations.AddConstraint(
            model_name='reference',
            constraint=models.CheckConstraint(condition=models.Q(('trl__isnull', True), models.Q(('trl__gte', 1), ('trl__lte', 9)), _connector='OR'), name='maturity_of_a_reference_is_from_one_to_nine'),
        ),
        migrations.AddConstraint(
            model_name='reference',
            constraint=models.CheckConstraint(condition=models.Q(('visibility__in', ['public', 'members', 'contact', 'office'])), name='a_reference_has_a_known_visibility'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reference',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "matchmaking_referenceevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "stated_by_id", "text_en", "text_ro", "title_en", "title_ro", "trl", "visibility", "year") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."stated_by_id", NEW."text_en", NEW."text_ro", NEW."title_en", NEW."title_ro", NEW."trl", NEW."visibility", NEW."year"); RETURN NULL;', hash='cd4ad591bb2992c2e4bd7900d2935a4840c12520', operation='INSERT', pgid='pgtrigger_insert_insert_d51b5', table='matchmaking_reference', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reference',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "matchmaking_referenceevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "stated_by_id", "text_en", "text_ro", "title_en", "title_ro", "trl", "visibility", "year") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."stated_by_id", NEW."text_en", NEW."text_ro", NEW."title_en", NEW."title_ro", NEW."trl", NEW."visibility", NEW."year"); RETURN NULL;', hash='c79b9f08435660320817911286e6b28cdd55b23e', operation='UPDATE', pgid='pgtrigger_update_update_0c81c', table='matchmaking_reference', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reference',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "matchmaking_referenceevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "stated_by_id", "text_en", "text_ro", "title_en", "title_ro", "trl", "visibility", "year") VALUES (OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."stated_by_id", OLD."text_en", OLD."text_ro", OLD."title_en", OLD."title_ro", OLD."trl", OLD."visibility", OLD."year"); RETURN NULL;', hash='24c58b591dae38858f29fce63dca461f8814e977', operation='DELETE', pgid='pgtrigger_delete_delete_826f0', table='matchmaking_reference', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='referencepartyevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='d70f62891c21776f3308657d77b3e7cc30f692b5', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_86ab5', table='matchmaking_referencepartyevent', when='BEFORE')),
        ),
    ]
