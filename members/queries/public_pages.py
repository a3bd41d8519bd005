"""Which pages of members everybody may open, for the map of search engines."""

from datetime import datetime

from django.db.models import QuerySet

from members.enums import Visibility
from members.models import Membership


def public_pages() -> QuerySet[Membership, tuple[str, datetime]]:
    """Members whose page everybody may open: the word in its address, and when it was changed last."""
    shown = Membership.objects.listed().filter(organisation__show_profile=Visibility.PUBLIC)
    return shown.order_by("organisation__sort_key", "pk").values_list("organisation__slug", "organisation__changed_at")
