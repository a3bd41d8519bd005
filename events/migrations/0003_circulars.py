"""What everybody who is registered is told of a change, in parts."""

import cluster_portal.common.constraints
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('events', '0002_campaigns'),
    ]

    operations = [
        migrations.CreateModel(
            name='Circular',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('changed', 'What has changed'), ('postponed', 'Postponed'), ('cancelled', 'Cancelled')], max_length=9, verbose_name='what is told')),
                ('sequence', models.PositiveIntegerField(verbose_name='version of the calendar entry')),
                ('was', models.JSONField(default=dict)),
                ('shown', models.JSONField(default=dict)),
                ('upto', models.BigIntegerField()),
                ('reached', models.BigIntegerField(default=0)),
                ('written', models.PositiveIntegerField(default=0, verbose_name='letters written')),
                ('at', models.DateTimeField(db_default=cluster_portal.common.constraints.ClockTimestamp(), verbose_name='at')),
                ('told_at', models.DateTimeField(null=True, verbose_name='told to everybody at')),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='circulars', to='events.event')),
            ],
            options={
                'verbose_name': 'circular',
                'verbose_name_plural': 'circulars',
                'ordering': ('id',),
                'indexes': [models.Index(condition=models.Q(('told_at', None)), fields=['event', 'id'], name='circulars_untold')],
                'constraints': [models.UniqueConstraint(fields=('event', 'sequence'), name='a_change_of_an_event_is_told_once'), models.CheckConstraint(condition=models.Q(('kind__in', ['changed', 'postponed', 'cancelled'])), name='a_circular_is_of_a_known_kind'), models.CheckConstraint(condition=models.Q(('reached__lte', models.F('upto'))), name='a_circular_ends_with_its_last_person')],
            },
        ),
    ]
