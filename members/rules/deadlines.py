"""Days and terms: plain calendar days of Europe/Bucharest.

Choices, said once: the day of the event is not counted; a term of n days ends with the last instant of day
+ n, and what is due may still be done on that day; weekends and public holidays neither stop nor lengthen a
term (statutes count calendar days and the portal is open every day); months run to the same day of the
month, or to its last day when there is none.
"""

from calendar import monthrange
from datetime import date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from members.rules.errors import RuleError
from members.rules.statute import MembershipType, StatuteRules

BUCHAREST = ZoneInfo("Europe/Bucharest")


def local_day(instant: datetime) -> date:
    """The day in Bucharest on which an instant falls; a naive datetime has no such day."""
    if instant.tzinfo is None:
        raise RuleError("instant_without_zone")
    return instant.astimezone(BUCHAREST).date()


def age_days(issued_on: date, on: date) -> int:
    """Whole days since the day of issue; negative when it lies ahead."""
    return (on - issued_on).days


def add_months(day: date, months: int) -> date:
    """The same day of the month so many months later, or the last day of that month."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def is_over(ends_on: date, today: date) -> bool:
    """Whether a term whose last day is `ends_on` has run out."""
    return today > ends_on


def days_left(ends_on: date, today: date) -> int:
    """Days until the last day of a term: 0 on that day, negative when it is overdue."""
    return (ends_on - today).days


def grace_ends_on(returned_on: date, rules: StatuteRules) -> date:
    """Last day to complete a returned file; it lapses the day after."""
    return returned_on + timedelta(days=rules.completion_grace_days)


def objection_ends_on(complete_on: date, rules: StatuteRules) -> date | None:
    """Last day for members to object to a complete file; None when the statute has no such window."""
    if rules.objection_window_days == 0:
        return None
    return complete_on + timedelta(days=rules.objection_window_days)


def round_may_open_on(complete_on: date, rules: StatuteRules) -> date:
    """First day for the Board to open a round: the day after the objections end, or at once without them."""
    ends_on = objection_ends_on(complete_on, rules)
    return complete_on if ends_on is None else ends_on + timedelta(days=1)


def decision_due_on(complete_on: date, rules: StatuteRules) -> date:
    """Day by which the Board should have decided. It runs from the complete file, but never ends before the
    Board had a day to vote.
    """
    return max(complete_on + timedelta(days=rules.decision_deadline_days), round_may_open_on(complete_on, rules))


def second_convening_on(first_on: date, rules: StatuteRules) -> date:
    """Earliest day to convene again after a meeting without quorum."""
    return first_on + timedelta(days=rules.second_convening_days)


def written_closes_on(opened_on: date, matter: str, rules: StatuteRules) -> date:
    """Earliest last day of a written procedure, unless its outcome is settled sooner."""
    return opened_on + timedelta(days=rules.written(matter).min_days)


def result_due_on(decided_on: date, rules: StatuteRules) -> date:
    """Day by which the applicant must have been told."""
    return decided_on + timedelta(days=rules.result_notice_days)


def appeal_ends_on(told_on: date, rules: StatuteRules) -> date | None:
    """Last day to contest a rejection or an exclusion; None when the statute knows no appeal."""
    if rules.appeal.organ == "none":
        return None
    return told_on + timedelta(days=rules.appeal.days)


def hearing_on(summoned_on: date, rules: StatuteRules) -> date:
    """Earliest day on which a member threatened with exclusion may be heard and the matter decided."""
    return summoned_on + timedelta(days=rules.exclusion.hearing_days)


def withdrawal_effective_on(notice_on: date, rules: StatuteRules) -> date:
    """Day from which a member who gave notice is one no more."""
    return notice_on + timedelta(days=rules.withdrawal_notice_days)


def readmission_from(ended_on: date, cause: Literal["exclusion", "withdrawal"], rules: StatuteRules) -> date:
    """First day on which a former member may apply again."""
    wait = rules.readmission_wait_days
    days = wait.exclusion if cause == "exclusion" else wait.withdrawal
    return ended_on + timedelta(days=days)


def check_may_apply(ended_on: date, cause: Literal["exclusion", "withdrawal"], rules: StatuteRules, on: date) -> None:
    """Refuse a former member whose waiting time still runs."""
    first = readmission_from(ended_on, cause, rules)
    if on < first:
        raise RuleError("readmission_too_early", {"first": first, "article": rules.article("readmission_wait_days")})


def review_due_on(last_on: date, rules: StatuteRules) -> date:
    """Day of the Board's next check of the quality of member."""
    return add_months(last_on, rules.review_interval_months)


def term_ends_on(admitted_on: date, kind: MembershipType) -> date | None:
    """First day on which a membership of limited term is over; None when it has no end."""
    return None if kind.max_term_months is None else add_months(admitted_on, kind.max_term_months)
