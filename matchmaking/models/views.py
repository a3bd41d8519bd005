"""The score as the database computes it on demand: views over the derived tables, read like any other model.

`Organisation.matches` are the pairs that a member sees: all of its own items against what others share.
"""

from django.db import models

from members.models import Organisation


class PairBase(models.Model):
    """One member's view of another: `gains` of what it needs the partner can give, `gives` the reverse, both 0 to 1.

    `references` and `tie` order equal scores: what the partner has proved, then a fixed hash of the two.
    """

    gains = models.FloatField()
    gives = models.FloatField()
    score = models.FloatField()
    references = models.IntegerField()
    tie = models.TextField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.member_id}, {self.partner_id}: {self.score:.6f}"  # type: ignore[attr-defined]


class Pair(PairBase):
    """What a member sees: everything of its own, what the partner shares with members."""

    pk = models.CompositePrimaryKey("member", "partner")
    member = models.ForeignKey(Organisation, models.DO_NOTHING, related_name="matches", db_constraint=False)
    partner = models.ForeignKey(Organisation, models.DO_NOTHING, related_name="+", db_constraint=False)

    class Meta(PairBase.Meta):
        managed = False
        db_table = "matchmaking_pair"


class SharedPair(PairBase):
    """What anybody may know of two members: only what both share. Back-fill and figures are made of it."""

    pk = models.CompositePrimaryKey("member", "partner")
    member = models.ForeignKey(Organisation, models.DO_NOTHING, related_name="+", db_constraint=False)
    partner = models.ForeignKey(Organisation, models.DO_NOTHING, related_name="+", db_constraint=False)

    class Meta(PairBase.Meta):
        managed = False
        db_table = "matchmaking_sharedpair"


class BrokerPair(PairBase):
    """What the office sees when it brokers: everything of both sides. Never shown to a member."""

    pk = models.CompositePrimaryKey("member", "partner")
    member = models.ForeignKey(Organisation, models.DO_NOTHING, related_name="+", db_constraint=False)
    partner = models.ForeignKey(Organisation, models.DO_NOTHING, related_name="+", db_constraint=False)

    class Meta(PairBase.Meta):
        managed = False
        db_table = "matchmaking_brokerpair"


class Flow(models.Model):
    """Who can give what to whom, before it is held against what is needed: sums of twice the gain, in millionths."""

    pk = models.CompositePrimaryKey("member", "partner")
    member = models.ForeignKey(Organisation, models.DO_NOTHING, related_name="+", db_constraint=False)
    partner = models.ForeignKey(Organisation, models.DO_NOTHING, related_name="+", db_constraint=False)
    gain_in = models.BigIntegerField()
    gain_out = models.BigIntegerField()

    class Meta:
        managed = False
        db_table = "matchmaking_flow"

    def __str__(self) -> str:
        return f"{self.member_id}, {self.partner_id}"
