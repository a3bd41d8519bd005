"""What registrants answer: checked against the questions of the event, saved only where it changed."""

from collections.abc import Mapping

from events.enums import QuestionKind
from events.models import Answer, Question, Registration
from members.rules.errors import RuleError

LONGEST = 1000


def save_answers(registration: Registration, given: Mapping[int, str], *, complete: bool = True) -> bool:
    """Save the answers (number of the question -> text); True when anything changed.

    `complete` asks for every required one: colleagues who are registered by others may answer later.
    """
    questions = {question.pk: question for question in Question.objects.filter(event=registration.event_id)}
    if set(given) - set(questions):
        raise RuleError("question_unknown")
    values = {
        pk: _checked(question, given.get(pk, "")) for pk, question in questions.items() if complete or pk in given
    }
    missing = [questions[pk].text for pk, value in values.items() if not value and questions[pk].required]
    if missing:
        raise RuleError("answers_missing", {"questions": missing})
    known = {answer.question_id: answer for answer in registration.answers.all()}
    changed = False
    for pk, value in values.items():
        answer = known.get(pk)
        if (answer.value if answer else "") == value:
            continue
        changed = True
        if answer is not None and not value:
            answer.delete()
        else:
            Answer.objects.update_or_create(registration=registration, question_id=pk, defaults={"value": value})
    return changed


def _checked(question: Question, text: str) -> str:
    """An answer as it is kept, or RuleError."""
    value = text.replace("\x00", "").strip()
    if not value:
        return ""
    if question.kind == QuestionKind.YES_NO and value not in {"yes", "no"}:
        raise RuleError("answer_not_offered", {"question": question.text})
    if question.kind == QuestionKind.CHOICE:
        numbers = {str(number) for number in range(1, len(question.choices_ro) + 1)}
        if value not in numbers:
            raise RuleError("answer_not_offered", {"question": question.text})
    if len(value) > LONGEST:
        raise RuleError("answer_too_long", {"question": question.text, "most": LONGEST})
    return value
