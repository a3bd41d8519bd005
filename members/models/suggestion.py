"""Words that members miss in the vocabulary, until the office has answered."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cluster_portal.common.constraints import ClockTimestamp, one_of, together
from members.enums import Direction, SuggestionState
from members.models.organisation import Organisation
from members.models.vocabulary import Tag

MOST_WAITING = 10
"""Words of one member that wait at a time."""


class TagSuggestionQuerySet(models.QuerySet["TagSuggestion"]):
    def waiting(self) -> "TagSuggestionQuerySet":
        return self.filter(state=SuggestionState.WAITING)


class TagSuggestion(models.Model):
    """A word that a member would offer or seek and does not find. `folded` is its name as it is compared.

    `word` is what came of it: the new word, or the one that means the same.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="word_suggestions")
    direction = models.CharField(_("direction"), max_length=8, choices=Direction)
    name = models.CharField(_("the word that is missing"), max_length=120)
    folded = models.CharField(max_length=240, editable=False)
    note = models.CharField(_("what you mean by it"), max_length=500, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=SuggestionState, default=SuggestionState.WAITING)
    word = models.ForeignKey(Tag, models.PROTECT, null=True, blank=True, related_name="suggestions")
    answer = models.CharField(_("answer"), max_length=500, blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(db_default=ClockTimestamp())
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = TagSuggestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("suggested word")
        verbose_name_plural = _("suggested words")
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("organisation", "folded"),
                condition=Q(state="waiting"),
                name="a_member_suggests_a_word_once_at_a_time",
            ),
            one_of("direction", Direction.values, "a_suggested_word_is_offered_or_sought"),
            one_of("state", SuggestionState.values, "a_suggestion_is_in_a_known_state"),
            together("a_suggestion_is_decided_by_someone", "decided_by", "decided_at"),
            models.CheckConstraint(
                condition=Q(state="waiting", decided_at__isnull=True)
                | (~Q(state="waiting") & Q(decided_at__isnull=False)),
                name="a_suggestion_waits_or_is_decided",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["promoted", "merged"], word__isnull=False)
                | Q(state__in=["waiting", "declined"], word__isnull=True),
                name="a_suggestion_that_was_taken_up_has_its_word",
            ),
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(answer=""), name="a_declined_suggestion_has_an_answer"
            ),
        )

    def __str__(self) -> str:
        return self.name
