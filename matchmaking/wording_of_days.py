"""What brokerage days refuse, in words, and what their lines of the trail say."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from cluster_portal.common.wording import learn

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

SENTENCES: "Mapping[str, StrPromise]" = {
    "only_office_runs_days": _("Only the cluster office runs brokerage days."),
    "gathering_has_its_day": _("This event has its brokerage day already."),
    "day_edited_meanwhile": _(
        "Somebody has changed this day meanwhile, so nothing was saved. Open the page again and repeat your change."
    ),
    "day_in_the_past": _("Choose a beginning that is still to come."),
    "day_is_all_breaks": _("Leave at least one slot that is not a break."),
    "wishes_end_before_the_day": _("Wishes have to end before the first meeting begins."),
    "wishes_end_in_the_past": _("The time for wishes is over already: change it first."),
    "day_is_published": _(
        "The timetable is published: only title, place and beginning can still change, and everybody is told."
    ),
    "day_is_cancelled": _("This day is cancelled."),
    "day_has_begun": _("The day has begun."),
    "day_needs_members": _("A brokerage day needs at least two participants."),
    "organisation_is_no_member": _("Only members in good standing come to a brokerage day."),
    "wishes_are_open": _("Wishes are open already."),
    "wishes_are_closed": _("Wishes can be stated only while they are open."),
    "wishes_still_open": _("Close the wishes first: until then they may change."),
    "wish_unknown": _("Choose one of the answers in the list."),
    "partner_does_not_come": _("This organisation does not come to the day."),
    "member_does_not_come": _("Your organisation does not come to this day any more."),
    "hours_are_fixed": _(
        "The timetable is published. Write to the cluster office if you cannot be there at some time."
    ),
    "day_was_never_announced": _("Nobody knows of this day yet: throw it away instead."),
    "day_was_announced": _("Participants know of this day: cancel it instead."),
    "cancel_reason_missing": _("Write why the day does not take place."),
    "day_is_not_planned": _("There is a timetable to review once the wishes are closed."),
    "day_has_no_timetable": _("Make the timetable first."),
    "timetable_is_being_made": _("The timetable is being made. Wait until it is there."),
    "timetable_is_empty": _("There is no meeting in the timetable."),
    "meeting_against_hours": _(
        "Meetings lie in hours when somebody is not there, or in a break (%(members)s). Make the timetable again, or "
        "move them."
    ),
    "meeting_is_gone": _("This meeting is not in the timetable any more: somebody was there before you."),
    "table_unknown": _("Choose a slot and a table of this day."),
    "table_is_taken": _("Somebody meets at this table in this slot already."),
    "member_is_away": _("%(member)s is not there in this slot."),
    "member_is_busy": _("%(member)s has another meeting in this slot."),
    "pair_meets_already": _("These two meet already."),
}
TOLD: "dict[str, StrPromise]" = {
    "day_prepared": _("A brokerage day was prepared"),
    "day_edited": _("The brokerage day was changed: %(fields)s"),
    "day_members_added": _("Participants were added: %(count)s"),
    "day_member_left": _("%(organisation)s does not come any more"),
    "day_wishes_opened": _("Wishes were opened"),
    "day_wishes_closed": _("Wishes were closed"),
    "wish_stated": _("%(organisation)s said whom it wants to meet"),
    "hours_stated": _("%(organisation)s said when it is there"),
    "timetable_asked_for": _("The timetable was asked for, with the draw number %(seed)s"),
    "timetable_made": _("The timetable was made, with %(meetings)s meetings (draw number %(seed)s)"),
    "meeting_locked": _("The meeting at slot/table %(place)s was locked"),
    "meeting_unlocked": _("The meeting at slot/table %(place)s was unlocked"),
    "meetings_locked": _("Meetings were locked: %(locked)s; unlocked: %(unlocked)s"),
    "meeting_moved": _("A meeting was moved to slot/table %(place)s"),
    "meeting_added": _("A meeting was added at slot/table %(place)s"),
    "meeting_removed": _("The meeting at slot/table %(place)s was removed"),
    "timetable_published": _("The timetable was published, with %(meetings)s meetings"),
    "day_cancelled": _("The brokerage day was cancelled"),
    "day_discarded": _("The brokerage day was thrown away"),
}
NAMES: "dict[str, StrPromise | str]" = {
    "slots": _("slots"),
    "tables": _("tables"),
    "breaks": _("breaks"),
    "slot_minutes": _("minutes of a meeting"),
    "wishes_until": _("wishes until"),
    "seed": _("number of the draw"),
}

learn(TOLD, NAMES)
