"""What events do when members announce something."""

from events.actions.words import follow_word
from members.signals import word_merged

word_merged.connect(follow_word)
