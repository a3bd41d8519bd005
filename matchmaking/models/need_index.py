"""What the search "who can meet this" reads: tables derived from references and offers, written by the database.

The functions and triggers that keep them in step are in the migration `need_index_upkeep`; docs/matching-needs.md says
in words what they compute. Weights and closeness are whole millionths: sums of them are exact in any order.
"""

from django.db import models
from django.db.models import Q

from matchmaking.models.reference import Reference
from members.models import Capability, Organisation, Tag


class Work(models.Model):
    """A reference or an offer. `shared`: members may see it; only what is shared weighs in for anybody but the office.

    Rows are not tied to their source by the database: the triggers remove them with it.
    """

    reference = models.OneToOneField(Reference, models.DO_NOTHING, null=True, related_name="work", db_constraint=False)
    offer = models.OneToOneField(Capability, models.DO_NOTHING, null=True, related_name="work", db_constraint=False)
    shared = models.BooleanField()
    trl = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(reference__isnull=True, offer__isnull=False)
                | Q(reference__isnull=False, offer__isnull=True),
                name="a_work_is_a_reference_or_an_offer",
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """Of the reference, or the word of the tree that is offered, in the language of the reader."""
        return str(self.reference or self.offer)


class WorkParty(models.Model):
    """Whose work it is: the organisation that offers, or those that confirmed a reference."""

    pk = models.CompositePrimaryKey("work", "organisation")
    work = models.ForeignKey(Work, models.DO_NOTHING, related_name="parties", db_constraint=False, db_index=False)
    organisation = models.ForeignKey(Organisation, models.DO_NOTHING, related_name="+", db_constraint=False)

    def __str__(self) -> str:
        return f"{self.work_id}: {self.organisation_id}"


class WorkTag(models.Model):
    """A word of the tree that a work carries, or a word above one; roots and unscored words are left out."""

    pk = models.CompositePrimaryKey("tag", "work")
    tag = models.ForeignKey(Tag, models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False)
    work = models.ForeignKey(Work, models.DO_NOTHING, related_name="+", db_constraint=False)

    def __str__(self) -> str:
        return f"{self.work_id}: {self.tag_id}"


class WorkWord(models.Model):
    """A word (its stem) of a work in one language, how often, and its weight: the squares of a work add up to 1."""

    pk = models.CompositePrimaryKey("language", "word", "work")
    language = models.CharField(max_length=2)
    word = models.TextField(db_collation="C")
    work = models.ForeignKey(Work, models.DO_NOTHING, related_name="+", db_constraint=False)
    count = models.PositiveSmallIntegerField()
    weight = models.IntegerField()

    def __str__(self) -> str:
        return f"{self.work_id}: {self.word}"


class WordRarity(models.Model):
    """How many shared works of members have a word."""

    pk = models.CompositePrimaryKey("language", "word")
    language = models.CharField(max_length=2)
    word = models.TextField(db_collation="C")
    works = models.IntegerField()

    def __str__(self) -> str:
        return f"{self.word}: {self.works}"


class TagRarity(models.Model):
    """How many shared works of members are at or below a word of the tree."""

    tag = models.OneToOneField(Tag, models.DO_NOTHING, primary_key=True, related_name="+", db_constraint=False)
    works = models.IntegerField()

    def __str__(self) -> str:
        return f"{self.tag_id}: {self.works}"


class NearWork(models.Model):
    """One of the references nearest to a reference: through partners in common, or by words and tags.

    The shares of one work add up to 1 for its partners' and to a half for the similar ones (in millionths).
    """

    pk = models.CompositePrimaryKey("work", "near", "through_partners")
    work = models.ForeignKey(Work, models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False)
    near = models.ForeignKey(Work, models.DO_NOTHING, related_name="+", db_constraint=False)
    through_partners = models.BooleanField()
    partners = models.IntegerField()
    share = models.IntegerField()

    def __str__(self) -> str:
        return f"{self.work_id} near {self.near_id}"


class IndexState(models.Model):
    """The one row that says how many shared works were counted when rarities were last weighed."""

    works = models.IntegerField(default=0)
    weighed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.works}"
