"""What events keep of a word of the vocabulary, when another one takes its place."""

from events.models import Event
from members.models import Tag


def follow_word(ended: int, heir: int) -> None:
    """Events about the word, and those for members who state it, name its heir. In the transaction of the merge."""
    word, goal = Tag.objects.get(pk=ended), Tag.objects.get(pk=heir)
    for event in Event.objects.filter(tags=ended).order_by("pk"):
        event.tags.add(goal)
        event.tags.remove(word)
    for event in Event.objects.filter(audience_tags=ended).order_by("pk"):
        event.audience_tags.add(goal)
        event.audience_tags.remove(word)
