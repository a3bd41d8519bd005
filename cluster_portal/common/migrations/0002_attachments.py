"""Small attachments of letters."""

import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('common', '0001_tables'),
    ]

    operations = [
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
    ]
