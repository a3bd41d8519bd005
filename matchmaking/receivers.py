"""What matchmaking does when members announce something."""

from matchmaking.actions.interests import end_waiting
from matchmaking.actions.invitations import end_calls
from matchmaking.actions.timetables import end_participations
from matchmaking.actions.words import follow_capability, follow_word
from matchmaking.permissions import takes_part
from members.signals import capability_united, membership_changed, word_merged


@membership_changed.connect
def end_what_waits(organisation: int) -> None:
    """A member that is no longer in good standing answers nobody and waits for nobody."""
    if not takes_part(organisation):
        end_waiting(organisation)
        end_calls(organisation)
    end_participations(organisation)


word_merged.connect(follow_word)
capability_united.connect(follow_capability)
