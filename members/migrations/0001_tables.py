"""Membership: organisations, statute, requests, Board, register, directory."""

import cluster_portal.common.constraints
import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.functions.text
import django_countries.fields
import members.models.texts
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("pghistory", "0007_auto_20250421_0444"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Article",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("number", models.CharField(max_length=10, verbose_name="number")),
                ("heading_ro", models.CharField(max_length=200, verbose_name="heading in Romanian")),
                ("heading_en", models.CharField(max_length=200, verbose_name="heading in English")),
                (
                    "paragraphs_ro",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), size=None, verbose_name="paragraphs in Romanian"
                    ),
                ),
                (
                    "paragraphs_en",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), size=None, verbose_name="paragraphs in English"
                    ),
                ),
            ],
            options={
                "verbose_name": "article",
                "verbose_name_plural": "articles",
                "ordering": ("statute", "position"),
            },
            bases=(members.models.texts.InTwoLanguages, models.Model),
        ),
        migrations.CreateModel(
            name="Ballot",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "choice",
                    models.CharField(
                        choices=[("for", "For"), ("against", "Against"), ("abstain", "Abstain")],
                        max_length=7,
                        verbose_name="vote",
                    ),
                ),
                ("motive", models.TextField(blank=True, max_length=4000, verbose_name="motive")),
                (
                    "cast_at",
                    models.DateTimeField(
                        db_default=cluster_portal.common.constraints.ClockTimestamp(), verbose_name="cast at"
                    ),
                ),
            ],
            options={
                "verbose_name": "ballot",
                "verbose_name_plural": "ballots",
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="Capability",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "direction",
                    models.CharField(
                        choices=[("offered", "We offer"), ("sought", "We seek")], max_length=8, verbose_name="direction"
                    ),
                ),
                (
                    "side",
                    models.CharField(
                        choices=[("civil", "Civil"), ("dual", "Dual"), ("defence", "Defence")],
                        max_length=8,
                        verbose_name="side",
                    ),
                ),
                (
                    "trl",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="maturity (TRL)",
                    ),
                ),
                (
                    "weight",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "Should"), (2, "Must")], default=1, verbose_name="weight"
                    ),
                ),
                (
                    "references",
                    models.PositiveSmallIntegerField(default=0, verbose_name="projects, patents or contracts"),
                ),
                ("note_ro", models.CharField(blank=True, max_length=500, verbose_name="note in Romanian")),
                ("note_en", models.CharField(blank=True, max_length=500, verbose_name="note in English")),
                ("evidence", models.CharField(blank=True, max_length=300, verbose_name="evidence")),
                (
                    "visibility",
                    models.CharField(
                        choices=[
                            ("public", "Everyone"),
                            ("members", "Members"),
                            ("contact", "Partners after an accepted introduction"),
                            ("office", "The cluster office only"),
                        ],
                        default="members",
                        max_length=8,
                        verbose_name="seen by",
                    ),
                ),
            ],
            options={
                "verbose_name": "capability",
                "verbose_name_plural": "capabilities",
                "ordering": ("direction", "tag__position", "id"),
            },
            bases=(members.models.texts.InTwoLanguages, models.Model),
        ),
        migrations.CreateModel(
            name="DeclarationTick",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(db_default=cluster_portal.common.constraints.ClockTimestamp())),
                ("language", models.CharField(choices=[("ro", "Romanian"), ("en", "English")], max_length=2)),
            ],
            options={
                "verbose_name": "declaration made",
                "verbose_name_plural": "declarations made",
                "ordering": ("declaration__position", "id"),
            },
        ),
        migrations.CreateModel(
            name="Directorship",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("president", "President"),
                            ("vice_president", "Vice-president"),
                            ("secretary", "Secretary"),
                            ("member", "Director"),
                        ],
                        default="member",
                        max_length=14,
                        verbose_name="office",
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="until")),
            ],
            options={
                "verbose_name": "mandate of a director",
                "verbose_name_plural": "mandates of directors",
                "ordering": ("starts_on", "id"),
            },
        ),
        migrations.CreateModel(
            name="DirectorshipEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("president", "President"),
                            ("vice_president", "Vice-president"),
                            ("secretary", "Secretary"),
                            ("member", "Director"),
                        ],
                        default="member",
                        max_length=14,
                        verbose_name="office",
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="until")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="DirectoryChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
        ),
        migrations.CreateModel(
            name="DirectoryEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("audience", models.CharField(choices=[("public", "Public"), ("members", "Members")], max_length=7)),
                ("slug", models.CharField(max_length=80)),
                ("name", models.CharField(max_length=250)),
                ("sort_key", models.CharField(db_collation="C", max_length=500)),
                ("helix_role", models.CharField(max_length=14)),
                ("helix_subtype", models.CharField(blank=True, max_length=60)),
                ("side", models.CharField(max_length=8)),
                ("area", models.CharField(max_length=5)),
                ("place", models.CharField(blank=True, max_length=120)),
                ("size_class", models.CharField(blank=True, max_length=8)),
                (
                    "sectors",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60), default=list, size=None
                    ),
                ),
                (
                    "offers_and_above",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(), default=list, size=None
                    ),
                ),
                (
                    "needs_and_above",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(), default=list, size=None
                    ),
                ),
                (
                    "banded",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(), default=list, size=None
                    ),
                ),
                (
                    "bands",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.SmallIntegerField(), default=list, size=None
                    ),
                ),
                ("trl", models.PositiveSmallIntegerField(default=0)),
                ("summary_ro", models.CharField(blank=True, max_length=300)),
                ("summary_en", models.CharField(blank=True, max_length=300)),
                (
                    "offers_ro",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=160), default=list, size=None
                    ),
                ),
                (
                    "offers_en",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=160), default=list, size=None
                    ),
                ),
                (
                    "needs_ro",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=160), default=list, size=None
                    ),
                ),
                (
                    "needs_en",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=160), default=list, size=None
                    ),
                ),
                ("website", models.CharField(blank=True, max_length=200)),
                ("admitted_on", models.DateField()),
                ("title", django.contrib.postgres.search.SearchVectorField()),
                ("search", django.contrib.postgres.search.SearchVectorField()),
            ],
        ),
        migrations.CreateModel(
            name="DocumentType",
            fields=[
                ("code", models.SlugField(primary_key=True, serialize=False, verbose_name="code")),
                ("name_ro", models.CharField(max_length=160, verbose_name="name in Romanian")),
                ("name_en", models.CharField(max_length=160, verbose_name="name in English")),
                ("hint_ro", models.CharField(blank=True, max_length=400, verbose_name="hint in Romanian")),
                ("hint_en", models.CharField(blank=True, max_length=400, verbose_name="hint in English")),
                ("position", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "verbose_name": "kind of document",
                "verbose_name_plural": "kinds of documents",
                "ordering": ("position",),
            },
            bases=(members.models.texts.InTwoLanguages, models.Model),
        ),
        migrations.CreateModel(
            name="HelixSubtype",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(unique=True, verbose_name="code")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("industry", "Industry"),
                            ("university", "University and research"),
                            ("government", "Government"),
                            ("catalyst", "Catalyst"),
                            ("funder", "Funder"),
                            ("civil_society", "Civil society"),
                        ],
                        max_length=14,
                        verbose_name="helix role",
                    ),
                ),
                ("name_ro", models.CharField(max_length=120, verbose_name="name in Romanian")),
                ("name_en", models.CharField(max_length=120, verbose_name="name in English")),
                ("position", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "verbose_name": "helix sub-type",
                "verbose_name_plural": "helix sub-types",
                "ordering": ("position",),
            },
            bases=(members.models.texts.InTwoLanguages, models.Model),
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail")),
                ("full_name", models.CharField(blank=True, max_length=150, verbose_name="full name")),
                (
                    "role",
                    models.CharField(
                        choices=[("representative", "Representative"), ("contributor", "Contributor")],
                        default="contributor",
                        max_length=14,
                        verbose_name="role",
                    ),
                ),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("expires_at", models.DateTimeField()),
                ("accepted_at", models.DateTimeField(blank=True, null=True)),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "invitation",
                "verbose_name_plural": "invitations",
                "ordering": ("-id",),
            },
        ),
        migrations.CreateModel(
            name="LegalForm",
            fields=[
                ("code", models.SlugField(primary_key=True, serialize=False, verbose_name="code")),
                ("name_ro", models.CharField(max_length=120, verbose_name="name in Romanian")),
                ("name_en", models.CharField(max_length=120, verbose_name="name in English")),
                ("legal_person", models.BooleanField(default=True, verbose_name="has legal personality")),
                ("position", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "verbose_name": "legal form",
                "verbose_name_plural": "legal forms",
                "ordering": ("position",),
            },
            bases=(members.models.texts.InTwoLanguages, models.Model),
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("active", "Active"),
                            ("suspended", "Suspended"),
                            ("notice_given", "Has given notice"),
                            ("withdrawn", "Withdrawn"),
                            ("excluded", "Excluded"),
                            ("ceased", "Ceased"),
                        ],
                        default="active",
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                (
                    "basis",
                    models.CharField(
                        choices=[("founding", "Founding act"), ("resolution", "Resolution")],
                        max_length=10,
                        verbose_name="basis",
                    ),
                ),
                ("admitted_on", models.DateField(verbose_name="member since")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="member until")),
            ],
            options={
                "verbose_name": "membership",
                "verbose_name_plural": "memberships",
                "ordering": ("organisation", "id"),
            },
        ),
        migrations.CreateModel(
            name="MembershipType",
            fields=[
                ("code", models.SlugField(primary_key=True, serialize=False, verbose_name="code")),
                ("name_ro", models.CharField(max_length=120, verbose_name="name in Romanian")),
                ("name_en", models.CharField(max_length=120, verbose_name="name in English")),
                ("position", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "verbose_name": "membership type",
                "verbose_name_plural": "membership types",
                "ordering": ("position",),
            },
            bases=(members.models.texts.InTwoLanguages, models.Model),
        ),
        migrations.CreateModel(
            name="Objection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(db_default=cluster_portal.common.constraints.ClockTimestamp())),
                ("reasons", models.TextField(max_length=4000, verbose_name="reasons")),
            ],
            options={
                "verbose_name": "objection",
                "verbose_name_plural": "objections",
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="Organisation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("slug", models.SlugField(max_length=80, unique=True, verbose_name="address of the page")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("legal_name", models.CharField(max_length=250, verbose_name="legal name")),
                ("short_name", models.CharField(blank=True, max_length=60, verbose_name="short name")),
                ("sort_key", models.CharField(db_index=True, editable=False, max_length=250)),
                ("country", django_countries.fields.CountryField(default="RO", max_length=2, verbose_name="country")),
                (
                    "tax_id",
                    models.CharField(
                        blank=True,
                        help_text="In Romania the CUI, digits only.",
                        max_length=30,
                        verbose_name="tax number",
                    ),
                ),
                ("trade_register", models.CharField(blank=True, max_length=40, verbose_name="trade register number")),
                ("euid", models.CharField(blank=True, max_length=60, verbose_name="EUID")),
                ("lei", models.CharField(blank=True, max_length=20, verbose_name="LEI")),
                ("ncage", models.CharField(blank=True, max_length=5, verbose_name="NCAGE")),
                ("founded_on", models.DateField(blank=True, null=True, verbose_name="founded on")),
                ("street", models.CharField(blank=True, max_length=200, verbose_name="street and number")),
                ("locality", models.CharField(blank=True, max_length=120, verbose_name="locality")),
                (
                    "county",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("AB", "Alba"),
                            ("AR", "Arad"),
                            ("AG", "Argeș"),
                            ("BC", "Bacău"),
                            ("BH", "Bihor"),
                            ("BN", "Bistrița-Năsăud"),
                            ("BT", "Botoșani"),
                            ("BV", "Brașov"),
                            ("BR", "Brăila"),
                            ("B", "București"),
                            ("BZ", "Buzău"),
                            ("CS", "Caraș-Severin"),
                            ("CL", "Călărași"),
                            ("CJ", "Cluj"),
                            ("CT", "Constanța"),
                            ("CV", "Covasna"),
                            ("DB", "Dâmbovița"),
                            ("DJ", "Dolj"),
                            ("GL", "Galați"),
                            ("GR", "Giurgiu"),
                            ("GJ", "Gorj"),
                            ("HR", "Harghita"),
                            ("HD", "Hunedoara"),
                            ("IL", "Ialomița"),
                            ("IS", "Iași"),
                            ("IF", "Ilfov"),
                            ("MM", "Maramureș"),
                            ("MH", "Mehedinți"),
                            ("MS", "Mureș"),
                            ("NT", "Neamț"),
                            ("OT", "Olt"),
                            ("PH", "Prahova"),
                            ("SJ", "Sălaj"),
                            ("SM", "Satu Mare"),
                            ("SB", "Sibiu"),
                            ("SV", "Suceava"),
                            ("TR", "Teleorman"),
                            ("TM", "Timiș"),
                            ("TL", "Tulcea"),
                            ("VL", "Vâlcea"),
                            ("VS", "Vaslui"),
                            ("VN", "Vrancea"),
                        ],
                        max_length=2,
                        verbose_name="county",
                    ),
                ),
                ("postcode", models.CharField(blank=True, max_length=12, verbose_name="postcode")),
                ("website", models.URLField(blank=True, verbose_name="website")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail of the organisation")),
                ("phone", models.CharField(blank=True, max_length=30, verbose_name="telephone")),
                (
                    "helix_role",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("industry", "Industry"),
                            ("university", "University and research"),
                            ("government", "Government"),
                            ("catalyst", "Catalyst"),
                            ("funder", "Funder"),
                            ("civil_society", "Civil society"),
                        ],
                        max_length=14,
                        verbose_name="helix role",
                    ),
                ),
                (
                    "side",
                    models.CharField(
                        blank=True,
                        choices=[("civil", "Civil"), ("dual", "Dual"), ("defence", "Defence")],
                        max_length=8,
                        verbose_name="side",
                    ),
                ),
                (
                    "tier",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("integrator", "Integrator"),
                            ("tier1", "Tier 1 supplier"),
                            ("tier2", "Tier 2 supplier"),
                            ("tier3", "Tier 3 supplier"),
                        ],
                        max_length=12,
                        verbose_name="place in the supply chain",
                    ),
                ),
                ("employees", models.PositiveIntegerField(blank=True, null=True, verbose_name="employees")),
                (
                    "size_class",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("micro", "Micro (under 10)"),
                            ("small", "Small (10 to 49)"),
                            ("medium", "Medium (50 to 249)"),
                            ("large", "Large (250 or more)"),
                        ],
                        max_length=8,
                        verbose_name="size",
                    ),
                ),
                (
                    "ownership",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("private_national", "Private, national capital"),
                            ("private_foreign", "Private, foreign capital"),
                            ("state", "State-owned"),
                            ("mixed", "Mixed"),
                            ("non_profit", "Non-profit"),
                        ],
                        max_length=18,
                        verbose_name="ownership",
                    ),
                ),
                ("summary_ro", models.CharField(blank=True, max_length=300, verbose_name="one sentence in Romanian")),
                ("summary_en", models.CharField(blank=True, max_length=300, verbose_name="one sentence in English")),
                (
                    "description_ro",
                    models.TextField(blank=True, max_length=8000, verbose_name="presentation in Romanian"),
                ),
                (
                    "description_en",
                    models.TextField(blank=True, max_length=8000, verbose_name="presentation in English"),
                ),
                ("logo", models.ImageField(blank=True, upload_to="logos/", verbose_name="logo")),
                (
                    "show_profile",
                    models.CharField(
                        choices=[("public", "Everyone"), ("members", "Members")],
                        default="public",
                        max_length=8,
                        verbose_name="the profile page",
                    ),
                ),
                (
                    "show_texts",
                    models.CharField(
                        choices=[
                            ("public", "Everyone"),
                            ("members", "Members"),
                            ("contact", "Partners after an accepted introduction"),
                            ("office", "The cluster office only"),
                        ],
                        default="public",
                        max_length=8,
                        verbose_name="presentation",
                    ),
                ),
                (
                    "show_contact",
                    models.CharField(
                        choices=[
                            ("public", "Everyone"),
                            ("members", "Members"),
                            ("contact", "Partners after an accepted introduction"),
                            ("office", "The cluster office only"),
                        ],
                        default="members",
                        max_length=8,
                        verbose_name="address, e-mail and telephone",
                    ),
                ),
                (
                    "show_registration",
                    models.CharField(
                        choices=[
                            ("public", "Everyone"),
                            ("members", "Members"),
                            ("contact", "Partners after an accepted introduction"),
                            ("office", "The cluster office only"),
                        ],
                        default="office",
                        max_length=8,
                        verbose_name="registration numbers",
                    ),
                ),
                (
                    "show_size",
                    models.CharField(
                        choices=[
                            ("public", "Everyone"),
                            ("members", "Members"),
                            ("contact", "Partners after an accepted introduction"),
                            ("office", "The cluster office only"),
                        ],
                        default="members",
                        max_length=8,
                        verbose_name="size and ownership",
                    ),
                ),
                (
                    "show_people",
                    models.CharField(
                        choices=[
                            ("public", "Everyone"),
                            ("members", "Members"),
                            ("contact", "Partners after an accepted introduction"),
                            ("office", "The cluster office only"),
                        ],
                        default="contact",
                        max_length=8,
                        verbose_name="people",
                    ),
                ),
                (
                    "show_certificates",
                    models.CharField(
                        choices=[
                            ("public", "Everyone"),
                            ("members", "Members"),
                            ("contact", "Partners after an accepted introduction"),
                            ("office", "The cluster office only"),
                        ],
                        default="members",
                        max_length=8,
                        verbose_name="certificates",
                    ),
                ),
                ("demonstration", models.BooleanField(default=False, editable=False)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("changed_at", models.DateTimeField(auto_now=True)),
            ],
            options={
                "verbose_name": "organisation",
                "verbose_name_plural": "organisations",
                "ordering": ("sort_key", "id"),
            },
            bases=(members.models.texts.InTwoLanguages, models.Model),
        ),
        migrations.CreateModel(
            name="OrganisationEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("slug", models.SlugField(db_index=False, max_length=80, verbose_name="address of the page")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("legal_name", models.CharField(max_length=250, verbose_name="legal name")),
                ("short_name", models.CharField(blank=True, max_length=60, verbose_name="short name")),
                ("sort_key", models.CharField(editable=False, max_length=250)),
                ("country", django_countries.fields.CountryField(default="RO", max_length=2, verbose_name="country")),
                (
                    "tax_id",
                    models.CharField(
                        blank=True,
                        help_text="In Romania the CUI, digits only.",
                        max_length=30,
                        verbose_name="tax number",
                    ),
                ),
                ("trade_register", models.CharField(blank=True, max_length=40, verbose_name="trade register number")),
                ("euid", models.CharField(blank=True, max_length=60, verbose_name="EUID")),
                ("lei", models.CharField(blank=True, max_length=20, verbose_name="LEI")),
                ("ncage", models.CharField(blank=True, max_length=5, verbose_name="NCAGE")),
                ("founded_on", models.DateField(blank=True, null=True, verbose_name="founded on")),
                ("street", models.CharField(blank=True, max_length=200, verbose_name="street and number")),
                ("locality", models.CharField(blank=True, max_length=120, verbose_name="locality")),
                (
                    "county",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("AB", "Alba"),
                            ("AR", "Arad"),
                            ("AG", "Argeș"),
                            ("BC", "Bacău"),
                            ("BH", "Bihor"),
                            ("BN", "Bistrița-Năsăud"),
                            ("BT", "Botoșani"),
                            ("BV", "Brașov"),
                            ("BR", "Brăila"),
                            ("B", "București"),
                            ("BZ", "Buzău"),
                            ("CS", "Caraș-Severin"),
                            ("CL", "Călărași"),
                            ("CJ", "Cluj"),
                            ("CT", "Constanța"),
                            ("CV", "Covasna"),
                            ("DB", "Dâmbovița"),
                            ("DJ", "Dolj"),
                            ("GL", "Galați"),
                            ("GR", "Giurgiu"),
                            ("GJ", "Gorj"),
                            ("HR", "Harghita"),
                            ("HD", "Hunedoara"),
                            ("IL", "Ialomița"),
                            ("IS", "Iași"),
                            ("IF", "Ilfov"),
                            ("MM", "Maramureș"),
                            ("MH", "Mehedinți"),
                            ("MS", "Mureș"),
                            ("NT", "Neamț"),
                            ("OT", "Olt"),
                            ("PH", "Prahova"),
                            ("SJ", "Sălaj"),
                            ("SM", "Satu Mare"),
                            ("SB", "Sibiu"),
                            ("SV", "Suceava"),
                            ("TR", "Teleorman"),
                            ("TM", "Timiș"),
                            ("TL", "Tulcea"),
                            ("VL", "Vâlcea"),
                            ("VS", "Vaslui"),
                            ("VN", "Vrancea"),
                        ],
                        max_length=2,
                        verbose_name="county",
                    ),
                ),
                ("postcode", models.CharField(blank=True, max_length=12, verbose_name="postcode")),
                ("website", models.URLField(blank=True, verbose_name="website")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail of the organisation")),
                ("phone", models.CharField(blank=True, max_length=30, verbose_name="telephone")),
                (
                    "helix_role",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("industry", "Industry"),
                            ("university", "University and research"),
                            ("government", "Government"),
                            ("catalyst", "Catalyst"),
                            ("funder", "Funder"),
                            ("civil_society", "Civil society"),
                        ],
                        max_length=14,
                        verbose_name="helix role",
                    ),
                ),
                (
                    "side",
                    models.CharField(
                        blank=True,
                        choices=[("civil", "Civil"), ("dual", "Dual"), ("defence", "Defence")],
                        max_length=8,
                        verbose_name="side",
                    ),
                ),
                (
                    "tier",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("integrator", "Integrator"),
                            ("tier1", "Tier 1 supplier"),
                            ("tier2", "Tier 2 supplier"),
                            ("tier3", "Tier 3 supplier"),
                        ],
                        max_length=12,
                        verbose_name="place in the supply chain",
                    ),
                ),
                ("employees", models.PositiveIntegerField(blank=True, null=True, verbose_name="employees")),
                (
                    "size_class",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("micro", "Micro (under 10)"),
                            ("small", "Small (10 to 49)"),
                            ("medium", "Medium (50 to 249)"),
                            ("large", "Large (250 or more)"),
                        ],
                        max_length=8,
                        verbose_name="size",
                    ),
                ),
                (
                    "ownership",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("private_national", "Private, national capital"),
                            ("private_foreign", "Private, foreign capital"),
                            ("state", "State-owned"),
                            ("mixed", "Mixed"),
                            ("non_profit", "Non-profit"),
                        ],
                        max_length=18,
                        verbose_name="ownership",
                    ),
                ),
                ("summary_ro", models.CharField(blank=True, max_length=300, verbose_name="one sentence in Romanian")),
                ("summary_en", models.CharField(blank=True, max_length=300, verbose_name="one sentence in English")),
                (
                    "description_ro",
                    models.TextField(blank=True, max_length=8000, verbose_name="presentation in Romanian"),
                ),
                (
                    "description_en",
                    models.TextField(blank=True, max_length=8000, verbose_name="presentation in English"),
                ),
                ("logo", models.ImageField(blank=True, upload_to="logos/", verbose_name="logo")),
                (
                    "show_profile",
                    models.CharField(
                        choices=[("public", "Everyone"), ("members", "Members")],
                        default="public",
                        max_length=8,
                        verbose_name="the profile page",
                    ),
                ),
                (
                    "show_texts",
                    models.CharField(
                        choices=[
                            ("public", "Everyone"),
                            ("members", "Members"),
                            ("contact", "Partners after an accepted introduction"),
                            ("office", "The cluster office only"),
                        ],
                        default="public",
                        max_length=8,
                        verbose_name="presentation",
                    ),
                ),
                (
                    "show_contact",
                    models.CharField(
                        choices=[
                            ("public", "Everyone"),
                            ("members", "Members"),
                            ("contact", "Partners after an accepted introduction"),
                            ("office", "The cluster office only"),
                        ],
                        default="members",
                        max_length=8,
                        verbose_name="address, e-mail and telephone",
                    ),
                ),
                (
                    "show_registration",
                    models.CharField(
                        choices=[
                            ("public", "Everyone"),
                            ("members", "Members"),
                            ("contact", "Partners after an accepted introduction"),
                            ("office", "The cluster office only"),
                        ],
                        default="office",
                        max_length=8,
                        verbose_name="registration numbers",
                    ),
                ),
                (
                    "show_size",
                    models.CharField(
                        choices=[
                            ("public", "Everyone"),
                            ("members", "Members"),
                            ("contact", "Partners after an accepted introduction"),
                            ("office", "The cluster office only"),
                        ],
                        default="members",
                        max_length=8,
                        verbose_name="size and ownership",
                    ),
                ),
                (
                    "show_people",
                    models.CharField(
                        choices=[
                            ("public", "Everyone"),
                            ("members", "Members"),
                            ("contact", "Partners after an accepted introduction"),
                            ("office", "The cluster office only"),
                        ],
                        default="contact",
                        max_length=8,
                        verbose_name="people",
                    ),
                ),
                (
                    "show_certificates",
                    models.CharField(
                        choices=[
                            ("public", "Everyone"),
                            ("members", "Members"),
                            ("contact", "Partners after an accepted introduction"),
                            ("office", "The cluster office only"),
                        ],
                        default="members",
                        max_length=8,
                        verbose_name="certificates",
                    ),
                ),
                ("demonstration", models.BooleanField(default=False, editable=False)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("changed_at", models.DateTimeField(auto_now=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("legal", "Legal representative"),
                            ("delegated", "Delegated representative"),
                            ("technical", "Technical contact"),
                            ("export_control", "Export-control contact"),
                            ("finance", "Finance contact"),
                        ],
                        max_length=14,
                        verbose_name="function",
                    ),
                ),
                ("full_name", models.CharField(max_length=150, verbose_name="full name")),
                ("position", models.CharField(blank=True, max_length=120, verbose_name="position")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                ("phone", models.CharField(blank=True, max_length=30, verbose_name="telephone")),
                (
                    "language",
                    models.CharField(
                        choices=[("ro", "Română"), ("en", "English")],
                        default="ro",
                        max_length=2,
                        verbose_name="language",
                    ),
                ),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="until")),
            ],
            options={
                "verbose_name": "person of an organisation",
                "verbose_name_plural": "people of organisations",
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="PersonEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("legal", "Legal representative"),
                            ("delegated", "Delegated representative"),
                            ("technical", "Technical contact"),
                            ("export_control", "Export-control contact"),
                            ("finance", "Finance contact"),
                        ],
                        max_length=14,
                        verbose_name="function",
                    ),
                ),
                ("full_name", models.CharField(max_length=150, verbose_name="full name")),
                ("position", models.CharField(blank=True, max_length=120, verbose_name="position")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                ("phone", models.CharField(blank=True, max_length=30, verbose_name="telephone")),
                (
                    "language",
                    models.CharField(
                        choices=[("ro", "Română"), ("en", "English")],
                        default="ro",
                        max_length=2,
                        verbose_name="language",
                    ),
                ),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="until")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="RegisterEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "verb",
                    models.CharField(
                        choices=[
                            ("admitted", "Admitted"),
                            ("suspended", "Suspended"),
                            ("reinstated", "Reinstated"),
                            ("notice_given", "Gave notice"),
                            ("withdrew", "Withdrew"),
                            ("excluded", "Excluded"),
                            ("ceased", "Ceased"),
                        ],
                        max_length=12,
                        verbose_name="what happened",
                    ),
                ),
                ("basis", models.TextField(verbose_name="basis")),
                ("article", models.CharField(blank=True, max_length=10, verbose_name="article")),
                ("effective_on", models.DateField(verbose_name="in effect from")),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=cluster_portal.common.constraints.ClockTimestamp(), verbose_name="recorded at"
                    ),
                ),
                (
                    "transaction",
                    models.BigIntegerField(
                        db_default=cluster_portal.common.constraints.TransactionId(), editable=False
                    ),
                ),
            ],
            options={
                "verbose_name": "line of the register",
                "verbose_name_plural": "register of members",
                "ordering": ("effective_on", "id"),
            },
        ),
        migrations.CreateModel(
            name="Representation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[("representative", "Representative"), ("contributor", "Contributor")],
                        max_length=14,
                        verbose_name="role",
                    ),
                ),
                ("began_at", models.DateTimeField(auto_now_add=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "representation",
                "verbose_name_plural": "representations",
                "ordering": ("organisation", "id"),
            },
        ),
        migrations.CreateModel(
            name="RepresentationEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "role",
                    models.CharField(
                        choices=[("representative", "Representative"), ("contributor", "Contributor")],
                        max_length=14,
                        verbose_name="role",
                    ),
                ),
                ("began_at", models.DateTimeField(auto_now_add=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Resolution",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "body",
                    models.CharField(
                        choices=[("board", "Board of Directors"), ("assembly", "General assembly")],
                        default="board",
                        max_length=10,
                        verbose_name="body",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                ("number", models.PositiveIntegerField(verbose_name="number")),
                (
                    "outcome",
                    models.CharField(
                        choices=[("approved", "Approved"), ("rejected", "Rejected")],
                        max_length=8,
                        verbose_name="outcome",
                    ),
                ),
                ("motive", models.TextField(blank=True, verbose_name="motive")),
                ("articles", models.JSONField(default=list, verbose_name="articles")),
                ("figures", models.JSONField(verbose_name="figures")),
                (
                    "decided_at",
                    models.DateTimeField(
                        db_default=cluster_portal.common.constraints.ClockTimestamp(), verbose_name="decided at"
                    ),
                ),
                (
                    "transaction",
                    models.BigIntegerField(
                        db_default=cluster_portal.common.constraints.TransactionId(), editable=False
                    ),
                ),
            ],
            options={
                "verbose_name": "resolution",
                "verbose_name_plural": "resolutions",
                "ordering": ("-year", "-number"),
            },
        ),
        migrations.CreateModel(
            name="Round",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("matter", models.CharField(default="admission", max_length=30, verbose_name="matter")),
                ("number", models.PositiveSmallIntegerField(verbose_name="round")),
                ("convening", models.PositiveSmallIntegerField(default=1, verbose_name="convening")),
                (
                    "procedure",
                    models.CharField(
                        choices=[("meeting", "Meeting"), ("written", "Written procedure")],
                        default="written",
                        max_length=8,
                        verbose_name="procedure",
                    ),
                ),
                (
                    "opened_at",
                    models.DateTimeField(
                        db_default=cluster_portal.common.constraints.ClockTimestamp(), verbose_name="opened at"
                    ),
                ),
                ("closes_at", models.DateTimeField(verbose_name="closes at")),
                ("reminded_at", models.DateTimeField(editable=False, null=True)),
                ("closed_at", models.DateTimeField(null=True, verbose_name="closed at")),
                (
                    "result",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("adopted", "Adopted"),
                            ("rejected", "Rejected"),
                            ("tie", "Tie"),
                            ("no_quorum", "No quorum"),
                            ("abandoned", "Abandoned without a result"),
                        ],
                        max_length=10,
                        verbose_name="result",
                    ),
                ),
                (
                    "digest",
                    models.CharField(blank=True, editable=False, max_length=64, verbose_name="hash of the ballots"),
                ),
            ],
            options={
                "verbose_name": "round",
                "verbose_name_plural": "rounds",
                "ordering": ("request", "number"),
            },
        ),
        migrations.CreateModel(
            name="Seat",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("president", "President"),
                            ("vice_president", "Vice-president"),
                            ("secretary", "Secretary"),
                            ("member", "Director"),
                        ],
                        max_length=14,
                        verbose_name="office",
                    ),
                ),
                ("declared_at", models.DateTimeField(null=True, verbose_name="declared at")),
                ("recused", models.BooleanField(default=False, verbose_name="recused")),
                ("interest", models.TextField(blank=True, max_length=2000, verbose_name="interest declared")),
                ("present", models.BooleanField(default=False, verbose_name="present")),
            ],
            options={
                "verbose_name": "seat",
                "verbose_name_plural": "seats",
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="Sector",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(unique=True, verbose_name="code")),
                ("name_ro", models.CharField(max_length=120, verbose_name="name in Romanian")),
                ("name_en", models.CharField(max_length=120, verbose_name="name in English")),
                ("position", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "verbose_name": "sector",
                "verbose_name_plural": "sectors",
                "ordering": ("position",),
            },
            bases=(members.models.texts.InTwoLanguages, models.Model),
        ),
        migrations.CreateModel(
            name="StatuteVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("label", models.CharField(max_length=120, unique=True, verbose_name="version")),
                ("in_force_from", models.DateField(verbose_name="in force from")),
                ("in_force_until", models.DateField(blank=True, null=True, verbose_name="in force until")),
                ("rules", models.JSONField(verbose_name="rule parameters")),
            ],
            options={
                "verbose_name": "statute version",
                "verbose_name_plural": "statute versions",
                "ordering": ("-in_force_from",),
            },
        ),
        migrations.CreateModel(
            name="Tag",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=60, unique=True, verbose_name="code")),
                ("name_ro", models.CharField(max_length=160, verbose_name="name in Romanian")),
                ("name_en", models.CharField(max_length=160, verbose_name="name in English")),
                (
                    "aliases",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=120),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="other words",
                    ),
                ),
                ("scored", models.BooleanField(default=True, verbose_name="counts in matching")),
                ("active", models.BooleanField(default=True, verbose_name="may be chosen")),
                ("row", models.CharField(blank=True, max_length=60, verbose_name="row of the matrix")),
                ("column", models.CharField(blank=True, max_length=60, verbose_name="column of the matrix")),
                ("position", models.PositiveIntegerField(default=0)),
            ],
            options={
                "verbose_name": "capability word",
                "verbose_name_plural": "capability words",
                "ordering": ("position",),
            },
            bases=(members.models.texts.InTwoLanguages, models.Model),
        ),
        migrations.CreateModel(
            name="AdhesionRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "number",
                    models.CharField(editable=False, max_length=12, null=True, unique=True, verbose_name="number"),
                ),
                (
                    "contribution",
                    models.TextField(blank=True, max_length=4000, verbose_name="contribution to the cluster"),
                ),
                ("motive", models.TextField(blank=True, max_length=4000, verbose_name="why you wish to join")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Submitted"),
                            ("returned", "Returned for completion"),
                            ("complete", "Complete"),
                            ("objection", "Open to objections"),
                            ("deliberation", "In deliberation"),
                            ("adjourned", "Adjourned"),
                            ("approved", "Approved"),
                            ("rejected", "Rejected"),
                            ("appealed", "Appealed"),
                            ("withdrawn", "Withdrawn"),
                            ("lapsed", "Lapsed"),
                        ],
                        default="draft",
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                ("registration_key", models.CharField(blank=True, editable=False, max_length=40)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "steps_done",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20), blank=True, default=list, size=None
                    ),
                ),
                ("submitted_file", models.JSONField(default=dict, editable=False)),
                ("returned_for", models.JSONField(default=list, editable=False, verbose_name="what is missing")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("saved_at", models.DateTimeField(auto_now=True)),
                ("submitted_at", models.DateTimeField(null=True, verbose_name="submitted at")),
                ("declared_complete_at", models.DateTimeField(null=True, verbose_name="declared complete at")),
                ("completion_due_on", models.DateField(null=True, verbose_name="to be completed by")),
                ("objections_until", models.DateField(null=True, verbose_name="objections until")),
                ("decision_due_on", models.DateField(null=True, verbose_name="to be decided by")),
                ("decided_at", models.DateTimeField(null=True, verbose_name="decided at")),
                ("adjournments", models.PositiveSmallIntegerField(default=0)),
                (
                    "applicant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="adhesion_requests",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="applicant",
                    ),
                ),
                (
                    "declared_complete_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "adhesion request",
                "verbose_name_plural": "adhesion requests",
                "ordering": ("-id",),
            },
        ),
        migrations.CreateModel(
            name="AdhesionDocument",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("file", models.FileField(max_length=200, upload_to="documents/", verbose_name="file")),
                ("original_name", models.CharField(max_length=200, verbose_name="name of the file")),
                ("content_type", models.CharField(max_length=100)),
                ("size", models.PositiveIntegerField(verbose_name="size in bytes")),
                ("sha256", models.CharField(max_length=64)),
                ("issued_on", models.DateField(blank=True, null=True, verbose_name="issued on")),
                ("expires_on", models.DateField(blank=True, null=True, verbose_name="valid until")),
                ("uploaded_at", models.DateTimeField(auto_now_add=True)),
                ("replaced_at", models.DateTimeField(blank=True, null=True)),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="documents",
                        to="members.adhesionrequest",
                    ),
                ),
            ],
            options={
                "verbose_name": "document",
                "verbose_name_plural": "documents",
                "ordering": ("kind__position", "id"),
            },
        ),
        migrations.CreateModel(
            name="AdhesionRequestEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("number", models.CharField(editable=False, max_length=12, null=True, verbose_name="number")),
                (
                    "contribution",
                    models.TextField(blank=True, max_length=4000, verbose_name="contribution to the cluster"),
                ),
                ("motive", models.TextField(blank=True, max_length=4000, verbose_name="why you wish to join")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Submitted"),
                            ("returned", "Returned for completion"),
                            ("complete", "Complete"),
                            ("objection", "Open to objections"),
                            ("deliberation", "In deliberation"),
                            ("adjourned", "Adjourned"),
                            ("approved", "Approved"),
                            ("rejected", "Rejected"),
                            ("appealed", "Appealed"),
                            ("withdrawn", "Withdrawn"),
                            ("lapsed", "Lapsed"),
                        ],
                        default="draft",
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                ("registration_key", models.CharField(blank=True, editable=False, max_length=40)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "steps_done",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20), blank=True, default=list, size=None
                    ),
                ),
                ("submitted_file", models.JSONField(default=dict, editable=False)),
                ("returned_for", models.JSONField(default=list, editable=False, verbose_name="what is missing")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("saved_at", models.DateTimeField(auto_now=True)),
                ("submitted_at", models.DateTimeField(null=True, verbose_name="submitted at")),
                ("declared_complete_at", models.DateTimeField(null=True, verbose_name="declared complete at")),
                ("completion_due_on", models.DateField(null=True, verbose_name="to be completed by")),
                ("objections_until", models.DateField(null=True, verbose_name="objections until")),
                ("decision_due_on", models.DateField(null=True, verbose_name="to be decided by")),
                ("decided_at", models.DateTimeField(null=True, verbose_name="decided at")),
                ("adjournments", models.PositiveSmallIntegerField(default=0)),
                (
                    "applicant",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="applicant",
                    ),
                ),
                (
                    "declared_complete_by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="members.adhesionrequest",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="AdhesionTransition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Submitted"),
                            ("returned", "Returned for completion"),
                            ("complete", "Complete"),
                            ("objection", "Open to objections"),
                            ("deliberation", "In deliberation"),
                            ("adjourned", "Adjourned"),
                            ("approved", "Approved"),
                            ("rejected", "Rejected"),
                            ("appealed", "Appealed"),
                            ("withdrawn", "Withdrawn"),
                            ("lapsed", "Lapsed"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "target",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Submitted"),
                            ("returned", "Returned for completion"),
                            ("complete", "Complete"),
                            ("objection", "Open to objections"),
                            ("deliberation", "In deliberation"),
                            ("adjourned", "Adjourned"),
                            ("approved", "Approved"),
                            ("rejected", "Rejected"),
                            ("appealed", "Appealed"),
                            ("withdrawn", "Withdrawn"),
                            ("lapsed", "Lapsed"),
                        ],
                        max_length=12,
                    ),
                ),
                ("verb", models.CharField(max_length=30)),
                ("actor", models.CharField(max_length=22, verbose_name="acting as")),
                (
                    "at",
                    models.DateTimeField(
                        db_default=cluster_portal.common.constraints.ClockTimestamp(), verbose_name="at"
                    ),
                ),
                ("article", models.CharField(blank=True, max_length=10, verbose_name="article")),
                ("note", models.TextField(blank=True, verbose_name="note")),
                ("details", models.JSONField(default=dict)),
                (
                    "transaction",
                    models.BigIntegerField(
                        db_default=cluster_portal.common.constraints.TransactionId(), editable=False
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="transitions",
                        to="members.adhesionrequest",
                    ),
                ),
            ],
            options={
                "verbose_name": "step of a request",
                "verbose_name_plural": "steps of requests",
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="CapabilityEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "direction",
                    models.CharField(
                        choices=[("offered", "We offer"), ("sought", "We seek")], max_length=8, verbose_name="direction"
                    ),
                ),
                (
                    "side",
                    models.CharField(
                        choices=[("civil", "Civil"), ("dual", "Dual"), ("defence", "Defence")],
                        max_length=8,
                        verbose_name="side",
                    ),
                ),
                (
                    "trl",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="maturity (TRL)",
                    ),
                ),
                (
                    "weight",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "Should"), (2, "Must")], default=1, verbose_name="weight"
                    ),
                ),
                (
                    "references",
                    models.PositiveSmallIntegerField(default=0, verbose_name="projects, patents or contracts"),
                ),
                ("note_ro", models.CharField(blank=True, max_length=500, verbose_name="note in Romanian")),
                ("note_en", models.CharField(blank=True, max_length=500, verbose_name="note in English")),
                ("evidence", models.CharField(blank=True, max_length=300, verbose_name="evidence")),
                (
                    "visibility",
                    models.CharField(
                        choices=[
                            ("public", "Everyone"),
                            ("members", "Members"),
                            ("contact", "Partners after an accepted introduction"),
                            ("office", "The cluster office only"),
                        ],
                        default="members",
                        max_length=8,
                        verbose_name="seen by",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="members.capability",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Certificate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("iso_9001", "ISO 9001"),
                            ("iso_14001", "ISO 14001"),
                            ("iso_27001", "ISO/IEC 27001"),
                            ("iso_45001", "ISO 45001"),
                            ("iso_17025", "ISO/IEC 17025"),
                            ("aqap_2110", "AQAP 2110"),
                            ("aqap_2131", "AQAP 2131"),
                            ("aqap_2210", "AQAP 2210"),
                            ("aqap_2310", "AQAP 2310"),
                            ("other", "Other certificate"),
                        ],
                        max_length=12,
                        verbose_name="certificate",
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=120, verbose_name="name, if other")),
                ("number", models.CharField(blank=True, max_length=60, verbose_name="number")),
                ("issuer", models.CharField(max_length=150, verbose_name="issued by")),
                ("scope", models.CharField(blank=True, max_length=300, verbose_name="scope")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="valid from")),
                ("valid_until", models.DateField(verbose_name="valid until")),
                ("file", models.FileField(blank=True, upload_to="certificates/", verbose_name="file")),
                ("verified_at", models.DateTimeField(blank=True, null=True)),
                (
                    "verified_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "certificate",
                "verbose_name_plural": "certificates",
                "ordering": ("kind", "id"),
            },
        ),
        migrations.CreateModel(
            name="CertificateEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("iso_9001", "ISO 9001"),
                            ("iso_14001", "ISO 14001"),
                            ("iso_27001", "ISO/IEC 27001"),
                            ("iso_45001", "ISO 45001"),
                            ("iso_17025", "ISO/IEC 17025"),
                            ("aqap_2110", "AQAP 2110"),
                            ("aqap_2131", "AQAP 2131"),
                            ("aqap_2210", "AQAP 2210"),
                            ("aqap_2310", "AQAP 2310"),
                            ("other", "Other certificate"),
                        ],
                        max_length=12,
                        verbose_name="certificate",
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=120, verbose_name="name, if other")),
                ("number", models.CharField(blank=True, max_length=60, verbose_name="number")),
                ("issuer", models.CharField(max_length=150, verbose_name="issued by")),
                ("scope", models.CharField(blank=True, max_length=300, verbose_name="scope")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="valid from")),
                ("valid_until", models.DateField(verbose_name="valid until")),
                ("file", models.FileField(blank=True, upload_to="certificates/", verbose_name="file")),
                ("verified_at", models.DateTimeField(blank=True, null=True)),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="members.certificate",
                    ),
                ),
                (
                    "verified_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ChangeRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("changes", models.JSONField(verbose_name="changes")),
                ("reason", models.TextField(max_length=2000, verbose_name="reason")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("pending", "Waiting for the office"),
                            ("accepted", "Accepted"),
                            ("refused", "Refused"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="pending",
                        max_length=9,
                        verbose_name="state",
                    ),
                ),
                ("asked_at", models.DateTimeField(auto_now_add=True, verbose_name="asked at")),
                ("answer", models.TextField(blank=True, max_length=2000, verbose_name="answer")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided at")),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="asked by",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="decided by",
                    ),
                ),
            ],
            options={
                "verbose_name": "change request",
                "verbose_name_plural": "change requests",
                "ordering": ("-id",),
            },
        ),
        migrations.CreateModel(
            name="Counter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("series", models.CharField(max_length=20)),
                ("year", models.PositiveSmallIntegerField()),
                ("last", models.PositiveIntegerField(default=0)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("series", "year"), name="a_series_counts_once_a_year")],
            },
        ),
        migrations.CreateModel(
            name="Declaration",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(verbose_name="code")),
                ("version", models.CharField(max_length=20, verbose_name="version")),
                ("name_ro", models.CharField(max_length=160, verbose_name="name in Romanian")),
                ("name_en", models.CharField(max_length=160, verbose_name="name in English")),
                ("text_ro", models.TextField(verbose_name="text in Romanian")),
                ("text_en", models.TextField(verbose_name="text in English")),
                ("position", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "verbose_name": "declaration",
                "verbose_name_plural": "declarations",
                "ordering": ("position", "code", "version"),
                "constraints": [
                    models.UniqueConstraint(fields=("code", "version"), name="a_declaration_has_one_text_per_version")
                ],
            },
            bases=(members.models.texts.InTwoLanguages, models.Model),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="declaration",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="5034d5a7d63e25520e0dfc9af4ea0fd3a833d84d",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_b153a",
                    table="members_declaration",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="declaration",
            trigger=pgtrigger.compiler.Trigger(
                name="never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'rows of % are written once', TG_TABLE_NAME;",
                    hash="fa13c6a2f507e3d31dbe806aeeea2e52a4292241",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_emptied_102f5",
                    table="members_declaration",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddField(
            model_name="declarationtick",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="declarationtick",
            name="declaration",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="members.declaration"),
        ),
        migrations.AddField(
            model_name="declarationtick",
            name="request",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="declarations", to="members.adhesionrequest"
            ),
        ),
        migrations.AddField(
            model_name="directorship",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="directorships",
                to=settings.AUTH_USER_MODEL,
                verbose_name="person",
            ),
        ),
        migrations.AddField(
            model_name="directorshipevent",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="directorshipevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="members.directorship",
            ),
        ),
        migrations.AddField(
            model_name="directorshipevent",
            name="user",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="person",
            ),
        ),
        migrations.AddField(
            model_name="adhesiondocument",
            name="kind",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, to="members.documenttype", verbose_name="document"
            ),
        ),
        migrations.AddConstraint(
            model_name="helixsubtype",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("role__in", ["industry", "university", "government", "catalyst", "funder", "civil_society"])
                ),
                name="a_subtype_belongs_to_a_helix_role",
            ),
        ),
        migrations.AddField(
            model_name="invitation",
            name="accepted_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="invitation",
            name="invited_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="invitation",
            name="revoked_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="membership",
            name="type",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, to="members.membershiptype", verbose_name="membership type"
            ),
        ),
        migrations.AddField(
            model_name="adhesionrequestevent",
            name="membership_type",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="members.membershiptype",
                verbose_name="membership type",
            ),
        ),
        migrations.AddField(
            model_name="adhesionrequest",
            name="membership_type",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                to="members.membershiptype",
                verbose_name="membership type",
            ),
        ),
        migrations.AddField(
            model_name="objection",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="objection",
            name="request",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="objections", to="members.adhesionrequest"
            ),
        ),
        migrations.AddField(
            model_name="organisation",
            name="helix_subtype",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                to="members.helixsubtype",
                verbose_name="sub-type",
            ),
        ),
        migrations.AddField(
            model_name="organisation",
            name="legal_form",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                to="members.legalform",
                verbose_name="legal form",
            ),
        ),
        migrations.AddField(
            model_name="objection",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="members.organisation"
            ),
        ),
        migrations.AddField(
            model_name="membership",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="memberships",
                to="members.organisation",
                verbose_name="organisation",
            ),
        ),
        migrations.AddField(
            model_name="invitation",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="invitations", to="members.organisation"
            ),
        ),
        migrations.AddField(
            model_name="directoryentry",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="entries", to="members.organisation"
            ),
        ),
        migrations.AddField(
            model_name="changerequest",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="change_requests", to="members.organisation"
            ),
        ),
        migrations.AddField(
            model_name="certificateevent",
            name="organisation",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="members.organisation",
            ),
        ),
        migrations.AddField(
            model_name="certificate",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="certificates", to="members.organisation"
            ),
        ),
        migrations.AddField(
            model_name="capabilityevent",
            name="organisation",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="members.organisation",
            ),
        ),
        migrations.AddField(
            model_name="capability",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="capabilities", to="members.organisation"
            ),
        ),
        migrations.AddField(
            model_name="adhesionrequestevent",
            name="organisation",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="members.organisation",
                verbose_name="organisation",
            ),
        ),
        migrations.AddField(
            model_name="adhesionrequest",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="requests",
                to="members.organisation",
                verbose_name="organisation",
            ),
        ),
        migrations.AddField(
            model_name="adhesionrequest",
            name="sponsors",
            field=models.ManyToManyField(
                blank=True, related_name="sponsored_requests", to="members.organisation", verbose_name="sponsors"
            ),
        ),
        migrations.AddField(
            model_name="organisationevent",
            name="helix_subtype",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="members.helixsubtype",
                verbose_name="sub-type",
            ),
        ),
        migrations.AddField(
            model_name="organisationevent",
            name="legal_form",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="members.legalform",
                verbose_name="legal form",
            ),
        ),
        migrations.AddField(
            model_name="organisationevent",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="organisationevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="members.organisation",
            ),
        ),
        migrations.AddField(
            model_name="person",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="people", to="members.organisation"
            ),
        ),
        migrations.AddField(
            model_name="personevent",
            name="organisation",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="members.organisation",
            ),
        ),
        migrations.AddField(
            model_name="personevent",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="personevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="members.person",
            ),
        ),
        migrations.AddField(
            model_name="registerevent",
            name="by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="by",
            ),
        ),
        migrations.AddField(
            model_name="registerevent",
            name="membership",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="events", to="members.membership"
            ),
        ),
        migrations.AddField(
            model_name="representation",
            name="ended_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="representation",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="representations", to="members.organisation"
            ),
        ),
        migrations.AddField(
            model_name="representation",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="representations", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="representationevent",
            name="ended_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="representationevent",
            name="organisation",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="members.organisation",
            ),
        ),
        migrations.AddField(
            model_name="representationevent",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="representationevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="members.representation",
            ),
        ),
        migrations.AddField(
            model_name="representationevent",
            name="user",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="resolution",
            name="request",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="resolutions", to="members.adhesionrequest"
            ),
        ),
        migrations.AddField(
            model_name="registerevent",
            name="resolution",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="members.resolution",
            ),
        ),
        migrations.AddField(
            model_name="membership",
            name="resolution",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                to="members.resolution",
                verbose_name="resolution",
            ),
        ),
        migrations.AddField(
            model_name="round",
            name="opened_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="opened by",
            ),
        ),
        migrations.AddField(
            model_name="round",
            name="request",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="rounds", to="members.adhesionrequest"
            ),
        ),
        migrations.AddField(
            model_name="resolution",
            name="round",
            field=models.OneToOneField(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="resolution", to="members.round"
            ),
        ),
        migrations.AddField(
            model_name="seat",
            name="round",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="seats", to="members.round"
            ),
        ),
        migrations.AddField(
            model_name="seat",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="seats", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="ballot",
            name="seat",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="ballots", to="members.seat"
            ),
        ),
        migrations.AddField(
            model_name="organisation",
            name="sectors",
            field=models.ManyToManyField(
                blank=True, related_name="organisations", to="members.sector", verbose_name="sectors"
            ),
        ),
        migrations.AddConstraint(
            model_name="statuteversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("in_force_until__isnull", True),
                    ("in_force_until__gte", models.F("in_force_from")),
                    _connector="OR",
                ),
                name="a_statute_ends_after_it_begins",
            ),
        ),
        migrations.AddConstraint(
            model_name="statuteversion",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    (
                        cluster_portal.common.constraints.DateRange(
                            models.F("in_force_from"), models.F("in_force_until")
                        ),
                        "&&",
                    )
                ],
                name="one_statute_is_in_force_on_a_day",
            ),
        ),
        migrations.AddField(
            model_name="round",
            name="statute",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="members.statuteversion"
            ),
        ),
        migrations.AddField(
            model_name="resolution",
            name="statute",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="members.statuteversion"
            ),
        ),
        migrations.AddField(
            model_name="article",
            name="statute",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="articles", to="members.statuteversion"
            ),
        ),
        migrations.AddField(
            model_name="adhesionrequestevent",
            name="statute",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="members.statuteversion",
                verbose_name="statute",
            ),
        ),
        migrations.AddField(
            model_name="adhesionrequest",
            name="statute",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="requests",
                to="members.statuteversion",
                verbose_name="statute",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="statuteversion",
            trigger=pgtrigger.compiler.Trigger(
                name="rules_never_change",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."rules" IS DISTINCT FROM (NEW."rules") OR OLD."in_force_from" IS DISTINCT FROM (NEW."in_force_from"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="cd695e83848ea97aa1a9f31685e42a7ac46bee4a",
                    operation="UPDATE",
                    pgid="pgtrigger_rules_never_change_ac918",
                    table="members_statuteversion",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddField(
            model_name="tag",
            name="merged_into",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="merged",
                to="members.tag",
            ),
        ),
        migrations.AddField(
            model_name="tag",
            name="parent",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="children",
                to="members.tag",
                verbose_name="parent",
            ),
        ),
        migrations.AddField(
            model_name="capabilityevent",
            name="tag",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="members.tag",
                verbose_name="capability",
            ),
        ),
        migrations.AddField(
            model_name="capability",
            name="tag",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="capabilities",
                to="members.tag",
                verbose_name="capability",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="adhesiontransition",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="fff894f6ee356d328989d5f5370f6edbdb1c1ce7",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_e5e28",
                    table="members_adhesiontransition",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="adhesiontransition",
            trigger=pgtrigger.compiler.Trigger(
                name="never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'rows of % are written once', TG_TABLE_NAME;",
                    hash="7eec96f94bde3f8597277afae444dc8a6264703f",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_emptied_79f3f",
                    table="members_adhesiontransition",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="declarationtick",
            constraint=models.UniqueConstraint(fields=("request", "declaration"), name="a_declaration_is_made_once"),
        ),
        migrations.AddConstraint(
            model_name="directorship",
            constraint=models.CheckConstraint(
                condition=models.Q(("role__in", ["president", "vice_president", "secretary", "member"])),
                name="a_director_has_a_known_office",
            ),
        ),
        migrations.AddConstraint(
            model_name="directorship",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__isnull", True), ("ends_on__gte", models.F("starts_on")), _connector="OR"),
                name="a_mandate_ends_after_it_begins",
            ),
        ),
        migrations.AddConstraint(
            model_name="directorship",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("user", "="),
                    (cluster_portal.common.constraints.DateRange(models.F("starts_on"), models.F("ends_on")), "&&"),
                ],
                name="a_person_has_one_mandate_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="directorship",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("role__in", ["president", "secretary"])),
                expressions=[
                    ("role", "="),
                    (cluster_portal.common.constraints.DateRange(models.F("starts_on"), models.F("ends_on")), "&&"),
                ],
                name="one_president_and_one_secretary_at_a_time",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="directorship",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "members_directorshipevent" ("ends_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "starts_on", "user_id") VALUES (NEW."ends_on", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."role", NEW."starts_on", NEW."user_id"); RETURN NULL;',
                    hash="6e10d758e6d6356f0d3e4a248828ec02d5c6d737",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_b233e",
                    table="members_directorship",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="directorship",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "members_directorshipevent" ("ends_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "starts_on", "user_id") VALUES (NEW."ends_on", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."role", NEW."starts_on", NEW."user_id"); RETURN NULL;',
                    hash="7bbd49ff87f7d7f860a686d0dfb145e3e1f3320b",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_640f2",
                    table="members_directorship",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="directorship",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "members_directorshipevent" ("ends_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "starts_on", "user_id") VALUES (OLD."ends_on", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."role", OLD."starts_on", OLD."user_id"); RETURN NULL;',
                    hash="f1df2d6e42d4981c22ccab1349005b8fe0f7ec4b",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_9346a",
                    table="members_directorship",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="directorshipevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="9e94d11d6ee22ddc2b0c14fedd2bdb176061626d",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_8cee2",
                    table="members_directorshipevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="adhesiondocument",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("expires_on__isnull", True),
                    ("issued_on__isnull", True),
                    ("expires_on__gte", models.F("issued_on")),
                    _connector="OR",
                ),
                name="a_document_expires_after_it_is_issued",
            ),
        ),
        migrations.AddConstraint(
            model_name="objection",
            constraint=models.UniqueConstraint(fields=("request", "organisation"), name="a_member_objects_once"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="objection",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="171b762221883916cb84874897474220d274bd75",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_d357c",
                    table="members_objection",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="objection",
            trigger=pgtrigger.compiler.Trigger(
                name="never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'rows of % are written once', TG_TABLE_NAME;",
                    hash="a1e29bbde1571a509fc919a011d41b76f16c2c99",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_emptied_2df14",
                    table="members_objection",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("accepted_at__isnull", True), ("revoked_at__isnull", True)),
                fields=("organisation", "email"),
                name="a_colleague_is_invited_once_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(("role__in", ["representative", "contributor"])),
                name="an_invitation_has_a_known_role",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("accepted_at__isnull", True), ("accepted_by__isnull", True)),
                    models.Q(("accepted_at__isnull", False), ("accepted_by__isnull", False)),
                    _connector="OR",
                ),
                name="an_invitation_is_accepted_by_someone",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("revoked_at__isnull", True), ("revoked_by__isnull", True)),
                    models.Q(("revoked_at__isnull", False), ("revoked_by__isnull", False)),
                    _connector="OR",
                ),
                name="an_invitation_is_revoked_by_someone",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(("accepted_at__isnull", True), ("revoked_at__isnull", True), _connector="OR"),
                name="an_invitation_is_not_both_accepted_and_revoked",
            ),
        ),
        migrations.AddIndex(
            model_name="directoryentry",
            index=models.Index(fields=["audience", "sort_key", "organisation"], name="directory_in_order"),
        ),
        migrations.AddIndex(
            model_name="directoryentry",
            index=django.contrib.postgres.indexes.GinIndex(
                condition=models.Q(("audience", "public")), fields=["search"], name="directory_for_everybody"
            ),
        ),
        migrations.AddIndex(
            model_name="directoryentry",
            index=django.contrib.postgres.indexes.GinIndex(
                condition=models.Q(("audience", "members")), fields=["search"], name="directory_for_members"
            ),
        ),
        migrations.AddConstraint(
            model_name="directoryentry",
            constraint=models.UniqueConstraint(
                fields=("organisation", "audience"), name="a_member_is_listed_once_per_audience"
            ),
        ),
        migrations.AddConstraint(
            model_name="directoryentry",
            constraint=models.CheckConstraint(
                condition=models.Q(("audience__in", ["public", "members"])), name="a_listing_has_a_known_audience"
            ),
        ),
        migrations.AddConstraint(
            model_name="changerequest",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "pending")),
                fields=("organisation",),
                name="one_change_request_waits_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="changerequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["pending", "accepted", "refused", "withdrawn"])),
                name="a_change_request_is_in_a_known_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="changerequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at__isnull", True), ("decided_by__isnull", True)),
                    models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                    _connector="OR",
                ),
                name="a_change_request_is_decided_by_someone",
            ),
        ),
        migrations.AddConstraint(
            model_name="changerequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at__isnull", True), ("state", "pending")),
                    models.Q(models.Q(("state", "pending"), _negated=True), ("decided_at__isnull", False)),
                    _connector="OR",
                ),
                name="a_change_request_is_pending_or_decided",
            ),
        ),
        migrations.AddConstraint(
            model_name="changerequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "refused"), _negated=True),
                    models.Q(("answer", ""), _negated=True),
                    _connector="OR",
                ),
                name="a_refusal_has_an_answer",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="certificateevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="cfd6fcdb536d2ef622ad6c11727cd74f28ead09c",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_30a5b",
                    table="members_certificateevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="certificate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("verified_at__isnull", True), ("verified_by__isnull", True)),
                    models.Q(("verified_at__isnull", False), ("verified_by__isnull", False)),
                    _connector="OR",
                ),
                name="a_certificate_is_verified_by_someone",
            ),
        ),
        migrations.AddConstraint(
            model_name="certificate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_from__isnull", True), ("valid_until__gte", models.F("valid_from")), _connector="OR"
                ),
                name="a_certificate_ends_after_it_begins",
            ),
        ),
        migrations.AddConstraint(
            model_name="certificate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "other"), _negated=True), models.Q(("title", ""), _negated=True), _connector="OR"
                ),
                name="another_certificate_has_a_name",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="certificate",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "members_certificateevent" ("file", "id", "issuer", "kind", "number", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scope", "title", "valid_from", "valid_until", "verified_at", "verified_by_id") VALUES (NEW."file", NEW."id", NEW."issuer", NEW."kind", NEW."number", NEW."organisation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."scope", NEW."title", NEW."valid_from", NEW."valid_until", NEW."verified_at", NEW."verified_by_id"); RETURN NULL;',
                    hash="d45f38175d8376e711d5572f600d5d9c5afc58ad",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_c95b5",
                    table="members_certificate",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="certificate",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "members_certificateevent" ("file", "id", "issuer", "kind", "number", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scope", "title", "valid_from", "valid_until", "verified_at", "verified_by_id") VALUES (NEW."file", NEW."id", NEW."issuer", NEW."kind", NEW."number", NEW."organisation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."scope", NEW."title", NEW."valid_from", NEW."valid_until", NEW."verified_at", NEW."verified_by_id"); RETURN NULL;',
                    hash="daae5fe631268a1f0befe2e2df893d77e0a80c1a",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_730ff",
                    table="members_certificate",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="certificate",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "members_certificateevent" ("file", "id", "issuer", "kind", "number", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scope", "title", "valid_from", "valid_until", "verified_at", "verified_by_id") VALUES (OLD."file", OLD."id", OLD."issuer", OLD."kind", OLD."number", OLD."organisation_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."scope", OLD."title", OLD."valid_from", OLD."valid_until", OLD."verified_at", OLD."verified_by_id"); RETURN NULL;',
                    hash="73181225ab96ea1668c95acd1422a69cc5ece159",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_74ed8",
                    table="members_certificate",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="organisationevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="f0940d56f7878a532c9da5a37546ecb83029cac4",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_02a5d",
                    table="members_organisationevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.CheckConstraint(
                condition=models.Q(("role__in", ["legal", "delegated", "technical", "export_control", "finance"])),
                name="a_person_has_a_known_function",
            ),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("starts_on__isnull", True),
                    ("ends_on__isnull", True),
                    ("ends_on__gte", models.F("starts_on")),
                    _connector="OR",
                ),
                name="a_function_ends_after_it_begins",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="person",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "members_personevent" ("email", "ends_on", "full_name", "id", "language", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "position", "role", "starts_on") VALUES (NEW."email", NEW."ends_on", NEW."full_name", NEW."id", NEW."language", NEW."organisation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."phone", NEW."position", NEW."role", NEW."starts_on"); RETURN NULL;',
                    hash="48d69afcb8c12b519cf0d87234f0b61003ff5939",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_ccaf2",
                    table="members_person",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="person",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "members_personevent" ("email", "ends_on", "full_name", "id", "language", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "position", "role", "starts_on") VALUES (NEW."email", NEW."ends_on", NEW."full_name", NEW."id", NEW."language", NEW."organisation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."phone", NEW."position", NEW."role", NEW."starts_on"); RETURN NULL;',
                    hash="27b20d297ef2feb993225bf4809db7efb97e9f18",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_a133a",
                    table="members_person",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="person",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "members_personevent" ("email", "ends_on", "full_name", "id", "language", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "position", "role", "starts_on") VALUES (OLD."email", OLD."ends_on", OLD."full_name", OLD."id", OLD."language", OLD."organisation_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."phone", OLD."position", OLD."role", OLD."starts_on"); RETURN NULL;',
                    hash="0dc9114d7f0f5150f219523433ff938a043f34cc",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_b4a8d",
                    table="members_person",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="personevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="5ed038c33708a291246651c2dbd8e1fa862a6f04",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_53f61",
                    table="members_personevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="representation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                fields=("organisation", "user"),
                name="a_person_acts_once_for_an_organisation",
            ),
        ),
        migrations.AddConstraint(
            model_name="representation",
            constraint=models.CheckConstraint(
                condition=models.Q(("role__in", ["representative", "contributor"])),
                name="a_representation_has_a_known_role",
            ),
        ),
        migrations.AddConstraint(
            model_name="representation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", True), ("ended_by__isnull", True)),
                    models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                    _connector="OR",
                ),
                name="a_representation_is_ended_by_someone",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="representation",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "members_representationevent" ("began_at", "ended_at", "ended_by_id", "id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "user_id") VALUES (NEW."began_at", NEW."ended_at", NEW."ended_by_id", NEW."id", NEW."organisation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."role", NEW."user_id"); RETURN NULL;',
                    hash="e7dd53ccb563da8d8f1ebb3f02822238619d8761",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_9d4bc",
                    table="members_representation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="representation",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "members_representationevent" ("began_at", "ended_at", "ended_by_id", "id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "user_id") VALUES (NEW."began_at", NEW."ended_at", NEW."ended_by_id", NEW."id", NEW."organisation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."role", NEW."user_id"); RETURN NULL;',
                    hash="f6a129b231ba91b2c67f2e93a14d374cab0f1962",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_46302",
                    table="members_representation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="representation",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "members_representationevent" ("began_at", "ended_at", "ended_by_id", "id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "user_id") VALUES (OLD."began_at", OLD."ended_at", OLD."ended_by_id", OLD."id", OLD."organisation_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."role", OLD."user_id"); RETURN NULL;',
                    hash="de1097cf37fc31adeb8fcfa4eee6f4a921654733",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_09b24",
                    table="members_representation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="representationevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="7aaae7ba0bdcc88a292b8e8508a7f34731835c28",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_a5352",
                    table="members_representationevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="registerevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "verb__in",
                        ["admitted", "suspended", "reinstated", "notice_given", "withdrew", "excluded", "ceased"],
                    )
                ),
                name="the_register_uses_its_own_words",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="registerevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="df914adaeb9b401d5098fbe63c8b3416bdfba7fe",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_eea90",
                    table="members_registerevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="registerevent",
            trigger=pgtrigger.compiler.Trigger(
                name="never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'rows of % are written once', TG_TABLE_NAME;",
                    hash="ea58a8f5c961e3364beba8abfd2c3782b1798ffe",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_emptied_08cc0",
                    table="members_registerevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("active", "suspended", "notice_given"))),
                fields=("organisation",),
                name="an_organisation_is_a_member_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["active", "suspended", "notice_given", "withdrawn", "excluded", "ceased"])
                ),
                name="a_membership_is_in_a_known_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("basis", "founding"), ("resolution__isnull", True)),
                    models.Q(("basis", "resolution"), ("resolution__isnull", False)),
                    _connector="OR",
                ),
                name="a_membership_rests_on_the_founding_act_or_a_resolution",
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_on__isnull", True), ("state__in", ("active", "suspended", "notice_given"))),
                    models.Q(
                        models.Q(("state__in", ("active", "suspended", "notice_given")), _negated=True),
                        ("ended_on__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="an_ended_membership_has_its_day",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="membership",
            trigger=pgtrigger.compiler.Trigger(
                name="lawful_changes",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE _is_valid_transition BOOLEAN;",
                    func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{active:ceased,active:excluded,active:notice_given,active:suspended,excluded:active,notice_given:active,notice_given:ceased,notice_given:excluded,notice_given:suspended,notice_given:withdrawn,suspended:active,suspended:ceased,suspended:excluded,suspended:notice_given}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                    hash="e0881d9453d9d39e2dc5e39987d88bf9fd9930e8",
                    operation="UPDATE",
                    pgid="pgtrigger_lawful_changes_6980f",
                    table="members_membership",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="membership",
            trigger=pgtrigger.compiler.Trigger(
                name="memberships_stay",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="eebfee2bb1f40a2c61fd64ca64f9d372f35a229d",
                    operation="DELETE",
                    pgid="pgtrigger_memberships_stay_96a5c",
                    table="members_membership",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="seat",
            constraint=models.UniqueConstraint(fields=("round", "user"), name="a_director_has_one_seat_in_a_round"),
        ),
        migrations.AddConstraint(
            model_name="seat",
            constraint=models.CheckConstraint(
                condition=models.Q(("recused", False), ("declared_at__isnull", False), _connector="OR"),
                name="a_recusal_is_declared",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="seat",
            trigger=pgtrigger.compiler.Trigger(
                name="seats_stay",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="ef6d62a31fec07fc3684289d86464dc44cb248e3",
                    operation="DELETE",
                    pgid="pgtrigger_seats_stay_07286",
                    table="members_seat",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="seat",
            trigger=pgtrigger.compiler.Trigger(
                name="seats_freeze_with_the_round",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE closing timestamptz;",
                    func="\n                    SELECT closed_at INTO closing FROM members_round WHERE id = NEW.round_id;\n                    IF closing IS NOT NULL THEN\n                        RAISE EXCEPTION 'the round is closed' USING ERRCODE = 'check_violation';\n                    END IF;\n                    RETURN NEW;\n                ",
                    hash="7c09ee1b57797a9b7fa458bb0b532f0b1e1cc8cf",
                    operation="UPDATE",
                    pgid="pgtrigger_seats_freeze_with_the_round_e9213",
                    table="members_seat",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="ballot",
            constraint=models.CheckConstraint(
                condition=models.Q(("choice__in", ["for", "against", "abstain"])),
                name="a_ballot_is_for_against_or_abstain",
            ),
        ),
        migrations.AddConstraint(
            model_name="ballot",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("choice", "against"), _negated=True),
                    models.Q(("motive", ""), _negated=True),
                    _connector="OR",
                ),
                name="a_vote_against_has_a_motive",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="ballot",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="f1cef114470ad1b49b5182a55426843b36ed0938",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_42d9b",
                    table="members_ballot",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="ballot",
            trigger=pgtrigger.compiler.Trigger(
                name="never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'rows of % are written once', TG_TABLE_NAME;",
                    hash="d2ca4b45e08c92309fbb3df1417c682bc075df39",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_emptied_c32b1",
                    table="members_ballot",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="ballot",
            trigger=pgtrigger.compiler.Trigger(
                name="cast_by_the_entitled_while_open",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE recusal boolean; declaration timestamptz; closing timestamptz;",
                    func="\n                    SELECT s.recused, s.declared_at, r.closed_at INTO recusal, declaration, closing\n                    FROM members_seat s JOIN members_round r ON r.id = s.round_id WHERE s.id = NEW.seat_id;\n                    IF closing IS NOT NULL THEN\n                        RAISE EXCEPTION 'the round is closed' USING ERRCODE = 'check_violation';\n                    ELSIF recusal OR declaration IS NULL THEN\n                        RAISE EXCEPTION 'no ballot without a declaration of no interest'\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    RETURN NEW;\n                ",
                    hash="6797bc207e357c81b4656517f7427d8ffb35e09b",
                    operation="INSERT",
                    pgid="pgtrigger_cast_by_the_entitled_while_open_5ea12",
                    table="members_ballot",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="organisation",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["sort_key"], name="organisation_name_like", opclasses=("gin_trgm_ops",)
            ),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    models.Q(("tax_id", ""), _negated=True), models.Q(("slug__startswith", "draft-"), _negated=True)
                ),
                fields=("country", "tax_id"),
                name="a_tax_number_names_one_organisation",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.UniqueConstraint(
                django.db.models.functions.text.Upper("lei"),
                condition=models.Q(
                    models.Q(("lei", ""), _negated=True), models.Q(("slug__startswith", "draft-"), _negated=True)
                ),
                name="a_lei_names_one_organisation",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "helix_role__in",
                        ["", "industry", "university", "government", "catalyst", "funder", "civil_society"],
                    )
                ),
                name="an_organisation_has_a_known_helix_role",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.CheckConstraint(
                condition=models.Q(("side__in", ["", "civil", "dual", "defence"])),
                name="an_organisation_stands_on_a_known_side",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.CheckConstraint(
                condition=models.Q(("size_class__in", ["", "micro", "small", "medium", "large"])),
                name="an_organisation_has_a_known_size",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "county__in",
                        [
                            "",
                            "AB",
                            "AR",
                            "AG",
                            "BC",
                            "BH",
                            "BN",
                            "BT",
                            "BV",
                            "BR",
                            "B",
                            "BZ",
                            "CS",
                            "CL",
                            "CJ",
                            "CT",
                            "CV",
                            "DB",
                            "DJ",
                            "GL",
                            "GR",
                            "GJ",
                            "HR",
                            "HD",
                            "IL",
                            "IS",
                            "IF",
                            "MM",
                            "MH",
                            "MS",
                            "NT",
                            "OT",
                            "PH",
                            "SJ",
                            "SM",
                            "SB",
                            "SV",
                            "TR",
                            "TM",
                            "TL",
                            "VL",
                            "VS",
                            "VN",
                        ],
                    )
                ),
                name="a_county_is_a_romanian_county",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.CheckConstraint(
                condition=models.Q(("show_profile__in", ["public", "members"])),
                name="a_profile_is_for_all_or_for_members",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.CheckConstraint(
                condition=models.Q(("show_texts__in", ["public", "members", "contact", "office"])),
                name="texts_have_a_known_visibility",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.CheckConstraint(
                condition=models.Q(("show_contact__in", ["public", "members", "contact", "office"])),
                name="contact_have_a_known_visibility",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.CheckConstraint(
                condition=models.Q(("show_registration__in", ["public", "members", "contact", "office"])),
                name="registration_have_a_known_visibility",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.CheckConstraint(
                condition=models.Q(("show_size__in", ["public", "members", "contact", "office"])),
                name="size_have_a_known_visibility",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.CheckConstraint(
                condition=models.Q(("show_people__in", ["public", "members", "contact", "office"])),
                name="people_have_a_known_visibility",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.CheckConstraint(
                condition=models.Q(("show_certificates__in", ["public", "members", "contact", "office"])),
                name="certificates_have_a_known_visibility",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="organisation",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "members_organisationevent" ("changed_at", "country", "county", "created_at", "demonstration", "description_en", "description_ro", "email", "employees", "euid", "founded_on", "helix_role", "helix_subtype_id", "id", "key", "legal_form_id", "legal_name", "lei", "locality", "logo", "ncage", "ownership", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "postcode", "short_name", "show_certificates", "show_contact", "show_people", "show_profile", "show_registration", "show_size", "show_texts", "side", "size_class", "slug", "sort_key", "street", "summary_en", "summary_ro", "tax_id", "tier", "trade_register", "version", "website") VALUES (NEW."changed_at", NEW."country", NEW."county", NEW."created_at", NEW."demonstration", NEW."description_en", NEW."description_ro", NEW."email", NEW."employees", NEW."euid", NEW."founded_on", NEW."helix_role", NEW."helix_subtype_id", NEW."id", NEW."key", NEW."legal_form_id", NEW."legal_name", NEW."lei", NEW."locality", NEW."logo", NEW."ncage", NEW."ownership", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."phone", NEW."postcode", NEW."short_name", NEW."show_certificates", NEW."show_contact", NEW."show_people", NEW."show_profile", NEW."show_registration", NEW."show_size", NEW."show_texts", NEW."side", NEW."size_class", NEW."slug", NEW."sort_key", NEW."street", NEW."summary_en", NEW."summary_ro", NEW."tax_id", NEW."tier", NEW."trade_register", NEW."version", NEW."website"); RETURN NULL;',
                    hash="dba2278e140021ed7c403ec66edcafb6de8a3d8f",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_d68e8",
                    table="members_organisation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="organisation",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "members_organisationevent" ("changed_at", "country", "county", "created_at", "demonstration", "description_en", "description_ro", "email", "employees", "euid", "founded_on", "helix_role", "helix_subtype_id", "id", "key", "legal_form_id", "legal_name", "lei", "locality", "logo", "ncage", "ownership", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "postcode", "short_name", "show_certificates", "show_contact", "show_people", "show_profile", "show_registration", "show_size", "show_texts", "side", "size_class", "slug", "sort_key", "street", "summary_en", "summary_ro", "tax_id", "tier", "trade_register", "version", "website") VALUES (NEW."changed_at", NEW."country", NEW."county", NEW."created_at", NEW."demonstration", NEW."description_en", NEW."description_ro", NEW."email", NEW."employees", NEW."euid", NEW."founded_on", NEW."helix_role", NEW."helix_subtype_id", NEW."id", NEW."key", NEW."legal_form_id", NEW."legal_name", NEW."lei", NEW."locality", NEW."logo", NEW."ncage", NEW."ownership", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."phone", NEW."postcode", NEW."short_name", NEW."show_certificates", NEW."show_contact", NEW."show_people", NEW."show_profile", NEW."show_registration", NEW."show_size", NEW."show_texts", NEW."side", NEW."size_class", NEW."slug", NEW."sort_key", NEW."street", NEW."summary_en", NEW."summary_ro", NEW."tax_id", NEW."tier", NEW."trade_register", NEW."version", NEW."website"); RETURN NULL;',
                    hash="ba67bea8f64d6bd89d242eb324e2afc53e01ef1d",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_f4b2a",
                    table="members_organisation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="organisation",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "members_organisationevent" ("changed_at", "country", "county", "created_at", "demonstration", "description_en", "description_ro", "email", "employees", "euid", "founded_on", "helix_role", "helix_subtype_id", "id", "key", "legal_form_id", "legal_name", "lei", "locality", "logo", "ncage", "ownership", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "postcode", "short_name", "show_certificates", "show_contact", "show_people", "show_profile", "show_registration", "show_size", "show_texts", "side", "size_class", "slug", "sort_key", "street", "summary_en", "summary_ro", "tax_id", "tier", "trade_register", "version", "website") VALUES (OLD."changed_at", OLD."country", OLD."county", OLD."created_at", OLD."demonstration", OLD."description_en", OLD."description_ro", OLD."email", OLD."employees", OLD."euid", OLD."founded_on", OLD."helix_role", OLD."helix_subtype_id", OLD."id", OLD."key", OLD."legal_form_id", OLD."legal_name", OLD."lei", OLD."locality", OLD."logo", OLD."ncage", OLD."ownership", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."phone", OLD."postcode", OLD."short_name", OLD."show_certificates", OLD."show_contact", OLD."show_people", OLD."show_profile", OLD."show_registration", OLD."show_size", OLD."show_texts", OLD."side", OLD."size_class", OLD."slug", OLD."sort_key", OLD."street", OLD."summary_en", OLD."summary_ro", OLD."tax_id", OLD."tier", OLD."trade_register", OLD."version", OLD."website"); RETURN NULL;',
                    hash="68a087b9cfee31ae0d3b65a0ef34fba5af061a7a",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_5a0df",
                    table="members_organisation",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.UniqueConstraint(fields=("request", "number"), name="rounds_of_a_request_are_numbered"),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.UniqueConstraint(
                condition=models.Q(("closed_at__isnull", True)),
                fields=("request",),
                name="a_request_has_one_open_round",
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_at__isnull", True), ("digest", ""), ("result", "")),
                    models.Q(
                        ("closed_at__isnull", False),
                        models.Q(("result", ""), _negated=True),
                        models.Q(("digest", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="a_closed_round_has_its_result",
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(("convening__in", [1, 2])), name="a_round_is_convened_once_or_twice"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="round",
            trigger=pgtrigger.compiler.Trigger(
                name="rounds_stay",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="4f3523763b9fe9bb127d499262e5bd393faf30f8",
                    operation="DELETE",
                    pgid="pgtrigger_rounds_stay_43ac3",
                    table="members_round",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="round",
            trigger=pgtrigger.compiler.Trigger(
                name="closed_rounds_stay_closed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."closed_at" IS NOT NULL)',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="c0ee33efdd97bce6adfdbb678ffa654b9de1fafb",
                    operation="UPDATE",
                    pgid="pgtrigger_closed_rounds_stay_closed_00249",
                    table="members_round",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="resolution",
            constraint=models.UniqueConstraint(
                fields=("body", "year", "number"), name="a_resolution_has_its_own_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="resolution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome", "rejected"), _negated=True),
                    models.Q(("motive", ""), _negated=True),
                    _connector="OR",
                ),
                name="a_rejection_has_a_motive",
            ),
        ),
        migrations.AddConstraint(
            model_name="resolution",
            constraint=models.CheckConstraint(
                condition=models.Q(("outcome__in", ["approved", "rejected"])), name="a_resolution_approves_or_rejects"
            ),
        ),
        migrations.AddConstraint(
            model_name="resolution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("body", "board"), ("round__isnull", False)),
                    models.Q(("body", "assembly"), ("round__isnull", True)),
                    _connector="OR",
                ),
                name="the_board_decides_by_a_round",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="resolution",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="dd6cb8c867f904a6230ed47f5015ce8676bc563d",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_faa52",
                    table="members_resolution",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="resolution",
            trigger=pgtrigger.compiler.Trigger(
                name="never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'rows of % are written once', TG_TABLE_NAME;",
                    hash="e9057950bb7e528715fd3c051c62f2398daead83",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_emptied_f64a8",
                    table="members_resolution",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.UniqueConstraint(fields=("statute", "number"), name="an_article_has_one_number"),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.CheckConstraint(
                condition=models.Q(("paragraphs_ro__len", models.F("paragraphs_en__len"))),
                name="an_article_is_whole_in_both_languages",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="adhesionrequestevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="68e32b97e8bbc9ac4a3e5d7db16da3d0a2ffaadc",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_1807f",
                    table="members_adhesionrequestevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="adhesionrequest",
            index=models.Index(fields=["state", "submitted_at"], name="request_queue"),
        ),
        migrations.AddConstraint(
            model_name="adhesionrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "draft",
                            "submitted",
                            "returned",
                            "complete",
                            "objection",
                            "deliberation",
                            "adjourned",
                            "approved",
                            "rejected",
                            "appealed",
                            "withdrawn",
                            "lapsed",
                        ],
                    )
                ),
                name="a_request_is_in_a_known_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="adhesionrequest",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "adjourned",
                            "appealed",
                            "complete",
                            "deliberation",
                            "draft",
                            "objection",
                            "returned",
                            "submitted",
                        ],
                    )
                ),
                fields=("organisation",),
                name="an_organisation_has_one_open_request",
            ),
        ),
        migrations.AddConstraint(
            model_name="adhesionrequest",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "adjourned",
                            "appealed",
                            "complete",
                            "deliberation",
                            "draft",
                            "objection",
                            "returned",
                            "submitted",
                        ],
                    ),
                    models.Q(("registration_key", ""), _negated=True),
                ),
                fields=("registration_key",),
                name="a_registration_number_has_one_open_request",
            ),
        ),
        migrations.AddConstraint(
            model_name="adhesionrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("number__isnull", True), ("statute__isnull", True), ("submitted_at__isnull", True)),
                    models.Q(("number__isnull", False), ("statute__isnull", False), ("submitted_at__isnull", False)),
                    _connector="OR",
                ),
                name="a_submitted_request_has_number_and_statute",
            ),
        ),
        migrations.AddConstraint(
            model_name="adhesionrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("declared_complete_at__isnull", True), ("declared_complete_by__isnull", True)),
                    models.Q(("declared_complete_at__isnull", False), ("declared_complete_by__isnull", False)),
                    _connector="OR",
                ),
                name="a_request_is_declared_complete_by_someone",
            ),
        ),
        migrations.AddConstraint(
            model_name="adhesionrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["draft", "withdrawn", "lapsed"]), ("number__isnull", False), _connector="OR"
                ),
                name="only_drafts_have_no_number",
            ),
        ),
        migrations.AddConstraint(
            model_name="adhesionrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["approved", "rejected"]), _negated=True),
                    ("decided_at__isnull", False),
                    _connector="OR",
                ),
                name="a_decided_request_has_its_time",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="adhesionrequest",
            trigger=pgtrigger.compiler.Trigger(
                name="lawful_transitions",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE _is_valid_transition BOOLEAN;",
                    func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{adjourned:deliberation,adjourned:withdrawn,appealed:approved,appealed:rejected,complete:deliberation,complete:objection,complete:withdrawn,deliberation:adjourned,deliberation:approved,deliberation:rejected,deliberation:withdrawn,draft:submitted,draft:withdrawn,objection:deliberation,objection:withdrawn,rejected:appealed,returned:lapsed,returned:submitted,returned:withdrawn,submitted:complete,submitted:returned,submitted:withdrawn}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                    hash="7f9b0fc95f3060ab6e619c85f7770ae4f3606669",
                    operation="UPDATE",
                    pgid="pgtrigger_lawful_transitions_d7070",
                    table="members_adhesionrequest",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="adhesionrequest",
            trigger=pgtrigger.compiler.Trigger(
                name="number_and_statute_stay",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."number" IS NOT NULL AND (OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."statute_id" IS DISTINCT FROM (NEW."statute_id")))',
                    func="RAISE EXCEPTION 'the number and the statute of a submitted request never change';",
                    hash="7019141b2ecec308cbf0d634894d5fb471c413bb",
                    operation="UPDATE",
                    pgid="pgtrigger_number_and_statute_stay_05b69",
                    table="members_adhesionrequest",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="adhesionrequest",
            trigger=pgtrigger.compiler.Trigger(
                name="submitted_requests_stay",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."number" IS NOT NULL)',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="baf2d40af1b567b56d3f389ea52f85d2adc25301",
                    operation="DELETE",
                    pgid="pgtrigger_submitted_requests_stay_123c1",
                    table="members_adhesionrequest",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="adhesionrequest",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "members_adhesionrequestevent" ("adjournments", "applicant_id", "completion_due_on", "contribution", "created_at", "decided_at", "decision_due_on", "declared_complete_at", "declared_complete_by_id", "id", "key", "membership_type_id", "motive", "number", "objections_until", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "registration_key", "returned_for", "saved_at", "state", "statute_id", "steps_done", "submitted_at", "submitted_file", "version") VALUES (NEW."adjournments", NEW."applicant_id", NEW."completion_due_on", NEW."contribution", NEW."created_at", NEW."decided_at", NEW."decision_due_on", NEW."declared_complete_at", NEW."declared_complete_by_id", NEW."id", NEW."key", NEW."membership_type_id", NEW."motive", NEW."number", NEW."objections_until", NEW."organisation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."registration_key", NEW."returned_for", NEW."saved_at", NEW."state", NEW."statute_id", NEW."steps_done", NEW."submitted_at", NEW."submitted_file", NEW."version"); RETURN NULL;',
                    hash="03079668a2505c61c6149049511ee7ae843842d3",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_e2d49",
                    table="members_adhesionrequest",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="adhesionrequest",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "members_adhesionrequestevent" ("adjournments", "applicant_id", "completion_due_on", "contribution", "created_at", "decided_at", "decision_due_on", "declared_complete_at", "declared_complete_by_id", "id", "key", "membership_type_id", "motive", "number", "objections_until", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "registration_key", "returned_for", "saved_at", "state", "statute_id", "steps_done", "submitted_at", "submitted_file", "version") VALUES (NEW."adjournments", NEW."applicant_id", NEW."completion_due_on", NEW."contribution", NEW."created_at", NEW."decided_at", NEW."decision_due_on", NEW."declared_complete_at", NEW."declared_complete_by_id", NEW."id", NEW."key", NEW."membership_type_id", NEW."motive", NEW."number", NEW."objections_until", NEW."organisation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."registration_key", NEW."returned_for", NEW."saved_at", NEW."state", NEW."statute_id", NEW."steps_done", NEW."submitted_at", NEW."submitted_file", NEW."version"); RETURN NULL;',
                    hash="8feb5dc1bed24e0f5599e741f65a18485183af72",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_9a6a5",
                    table="members_adhesionrequest",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="adhesionrequest",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "members_adhesionrequestevent" ("adjournments", "applicant_id", "completion_due_on", "contribution", "created_at", "decided_at", "decision_due_on", "declared_complete_at", "declared_complete_by_id", "id", "key", "membership_type_id", "motive", "number", "objections_until", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "registration_key", "returned_for", "saved_at", "state", "statute_id", "steps_done", "submitted_at", "submitted_file", "version") VALUES (OLD."adjournments", OLD."applicant_id", OLD."completion_due_on", OLD."contribution", OLD."created_at", OLD."decided_at", OLD."decision_due_on", OLD."declared_complete_at", OLD."declared_complete_by_id", OLD."id", OLD."key", OLD."membership_type_id", OLD."motive", OLD."number", OLD."objections_until", OLD."organisation_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."registration_key", OLD."returned_for", OLD."saved_at", OLD."state", OLD."statute_id", OLD."steps_done", OLD."submitted_at", OLD."submitted_file", OLD."version"); RETURN NULL;',
                    hash="a31ab26cb371f27ad328f8ce24e25cdbaf798813",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_8d531",
                    table="members_adhesionrequest",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="tag",
            index=django.contrib.postgres.indexes.GinIndex(fields=["aliases"], name="tag_aliases"),
        ),
        migrations.AddConstraint(
            model_name="tag",
            constraint=models.CheckConstraint(
                condition=models.Q(("merged_into__isnull", True), ("active", False), _connector="OR"),
                name="a_merged_word_is_retired",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="capabilityevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="3d9476608d44c4623c6cdbdd406a405ec605c569",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_60e43",
                    table="members_capabilityevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="capability",
            constraint=models.UniqueConstraint(
                fields=("organisation", "direction", "tag"), name="a_capability_is_stated_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="capability",
            constraint=models.CheckConstraint(
                condition=models.Q(("direction__in", ["offered", "sought"])), name="a_capability_is_offered_or_sought"
            ),
        ),
        migrations.AddConstraint(
            model_name="capability",
            constraint=models.CheckConstraint(
                condition=models.Q(("side__in", ["civil", "dual", "defence"])),
                name="a_capability_stands_on_a_known_side",
            ),
        ),
        migrations.AddConstraint(
            model_name="capability",
            constraint=models.CheckConstraint(
                condition=models.Q(("visibility__in", ["public", "members", "contact", "office"])),
                name="a_capability_has_a_known_visibility",
            ),
        ),
        migrations.AddConstraint(
            model_name="capability",
            constraint=models.CheckConstraint(
                condition=models.Q(("trl__isnull", True), models.Q(("trl__gte", 1), ("trl__lte", 9)), _connector="OR"),
                name="maturity_is_from_one_to_nine",
            ),
        ),
        migrations.AddConstraint(
            model_name="capability",
            constraint=models.CheckConstraint(
                condition=models.Q(("weight__in", [1, 2])), name="a_need_is_a_must_or_a_should"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="capability",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "members_capabilityevent" ("direction", "evidence", "id", "note_en", "note_ro", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "references", "side", "tag_id", "trl", "visibility", "weight") VALUES (NEW."direction", NEW."evidence", NEW."id", NEW."note_en", NEW."note_ro", NEW."organisation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."references", NEW."side", NEW."tag_id", NEW."trl", NEW."visibility", NEW."weight"); RETURN NULL;',
                    hash="e9dd69096448dec631f3255d0ec83274e0caa768",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_87343",
                    table="members_capability",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="capability",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "members_capabilityevent" ("direction", "evidence", "id", "note_en", "note_ro", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "references", "side", "tag_id", "trl", "visibility", "weight") VALUES (NEW."direction", NEW."evidence", NEW."id", NEW."note_en", NEW."note_ro", NEW."organisation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."references", NEW."side", NEW."tag_id", NEW."trl", NEW."visibility", NEW."weight"); RETURN NULL;',
                    hash="f65539b991f1ee32a422b94155c0b7d6c9f96fc8",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_33c99",
                    table="members_capability",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="capability",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "members_capabilityevent" ("direction", "evidence", "id", "note_en", "note_ro", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "references", "side", "tag_id", "trl", "visibility", "weight") VALUES (OLD."direction", OLD."evidence", OLD."id", OLD."note_en", OLD."note_ro", OLD."organisation_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."references", OLD."side", OLD."tag_id", OLD."trl", OLD."visibility", OLD."weight"); RETURN NULL;',
                    hash="7a0d2b4cd530b11a69b068866e9c3306d6026582",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_03768",
                    table="members_capability",
                    when="AFTER",
                ),
            ),
        ),
    ]
