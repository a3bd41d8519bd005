"""What the score is computed from: derived tables that the database keeps in step with profiles by its own triggers.

Nothing here is written by the portal's code. The functions that write it are in the migration `derived_tables`;
docs/matching.md says in words what they compute.
"""

from django.db import models

from members.enums import Side
from members.models import Organisation, Tag


class TagPath(models.Model):
    """A scored word and each word at or above it; a merged word has the path of the word it was merged into."""

    pk = models.CompositePrimaryKey("tag", "ancestor")
    tag = models.ForeignKey(Tag, models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False)
    ancestor = models.ForeignKey(Tag, models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False)
    distance = models.SmallIntegerField()

    class Meta:
        indexes = (models.Index(fields=("ancestor",), include=("tag", "distance"), name="words_below"),)

    def __str__(self) -> str:
        return f"{self.tag_id} ≤ {self.ancestor_id}"


class TagWeight(models.Model):
    """How specific a word is: `gain` in millionths (0 for roots), and what it adds to the gain of the word above it.

    `mentions`: members in matching with something shared at or below the word.
    """

    node = models.OneToOneField(Tag, models.DO_NOTHING, primary_key=True, related_name="+", db_constraint=False)
    mentions = models.IntegerField()
    below = models.IntegerField()
    gain = models.IntegerField()
    delta = models.IntegerField()

    def __str__(self) -> str:
        return f"{self.node_id}: {self.gain}"


class Reach(models.Model):
    """What a member offers and needs at or below a word; `own_…` with what only the office may see besides.

    `offer` is the best band of maturity offered (0 none, 1 research, 2 development, 3 deployment).
    `met_k` is twice the weight of the needs that an offer of band k meets (a need whose band is above k counts half).
    """

    pk = models.CompositePrimaryKey("node", "member")
    node = models.ForeignKey(Tag, models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False)
    member = models.ForeignKey(Organisation, models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False)
    offer = models.SmallIntegerField()
    met_1 = models.SmallIntegerField()
    met_2 = models.SmallIntegerField()
    met_3 = models.SmallIntegerField()
    own_offer = models.SmallIntegerField()
    own_met_1 = models.SmallIntegerField()
    own_met_2 = models.SmallIntegerField()
    own_met_3 = models.SmallIntegerField()

    class Meta:
        indexes = (
            models.Index(
                fields=("member",),
                include=(
                    *("node", "offer", "met_1", "met_2", "met_3"),
                    *("own_offer", "own_met_1", "own_met_2", "own_met_3"),
                ),
                name="reach_of_a_member",
            ),
        )

    def __str__(self) -> str:
        return f"{self.member_id} at {self.node_id}"


class MatchProfile(models.Model):
    """A member in matching: in good standing, on a known side, not opted out. `need_total` is W of the formula.

    `need_weight`: of the needs it shares, how much they weigh together; it bounds what common words can add to a score.
    """

    member = models.OneToOneField(
        Organisation, models.DO_NOTHING, primary_key=True, related_name="match_profile", db_constraint=False
    )
    orientation = models.CharField(max_length=8, choices=Side)
    need_total = models.FloatField()
    own_need_total = models.FloatField()
    need_weight = models.IntegerField(db_default=0)
    references = models.IntegerField()

    def __str__(self) -> str:
        return f"{self.member_id}, {self.orientation}"
