"""Letters that nobody has to receive: an app names its topics, an address may refuse each, and letters honour it.

What is not about a topic is essential (a decision, a place, a key) and cannot be refused.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cluster_portal.common import audit
from cluster_portal.common.models import RefusalWay, RefusedTopic, User

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

SALT = "letters that one may refuse"
"""A signature made for anything else opens nothing here."""


@dataclass(frozen=True)
class Topic:
    """One kind of optional letters. `code`: "<app>.<name>", kept for ever, because refusals name it."""

    code: str
    name: "StrPromise | str"
    explanation: "StrPromise | str"


TOPICS: dict[str, Topic] = {}


def offer(code: str, name: "StrPromise", explanation: "StrPromise") -> Topic:
    """Let an app name a topic, once, beside its letters; its words are translated when they are read."""
    return TOPICS.setdefault(code, Topic(code, name, explanation))


def all_topics() -> list[Topic]:
    """Every topic, in the order of codes: those of an app stand together."""
    return [TOPICS[code] for code in sorted(TOPICS)]


def topic_of(code: str) -> Topic:
    """The topic of a letter, also of one whose app names it no longer: its letters can still be refused."""
    return TOPICS.get(code) or Topic(code, _("Letters of this kind"), "")


# -- who refused what
def folded(address: str) -> str:
    """An address as refusals keep it: in lower case, without blanks."""
    return address.strip().lower()


def has_refused(address: str, code: str) -> bool:
    """Whether this address takes no letters about the topic."""
    return RefusedTopic.objects.filter(address=folded(address), topic=code).exists()


def refused_by(address: str) -> set[str]:
    """Codes of the topics that this address refused."""
    return set(RefusedTopic.objects.filter(address=folded(address)).values_list("topic", flat=True))


def refusing(code: str, among: Iterable[str] | None = None) -> set[str]:
    """Folded addresses that refused a topic, all or those `among` some, in one query."""
    rows = RefusedTopic.objects.filter(topic=code)
    if among is not None:
        rows = rows.filter(address__in={folded(address) for address in among})
    return set(rows.values_list("address", flat=True))


@transaction.atomic
def refuse(address: str, code: str, *, way: RefusalWay, by: User | None) -> bool:
    """Write this address no more letters about a topic; False when it has refused already.

    Letters that wait are stopped when their turn comes (see `delivery`). `by`: who was signed in, None for the link of
    a letter. The trail does not name the address.
    """
    row, created = RefusedTopic.objects.get_or_create(
        address=folded(address), topic=code, defaults={"way": way, "refused_by": by}
    )
    if created:
        audit.record("topic_refused", row, by=by, topic=code, way=way.value)
    return created


@transaction.atomic
def accept(address: str, code: str, *, by: User | None) -> bool:
    """Write this address about a topic again; False when it had not refused."""
    row = RefusedTopic.objects.select_for_update().filter(address=folded(address), topic=code).first()
    if row is None:
        return False
    audit.record("topic_accepted", row, by=by, topic=code)
    row.delete()
    return True


@transaction.atomic
def choose(address: str, wanted: Iterable[str], *, by: User) -> int:
    """Refuse every topic that is not `wanted` and accept the others; returns how many changed."""
    chosen = set(wanted)
    changed = 0
    for topic in all_topics():
        if topic.code in chosen:
            changed += accept(address, topic.code, by=by)
        else:
            changed += refuse(address, topic.code, way=RefusalWay.PAGE, by=by)
    return changed


# -- the link in every letter about a topic
def token_of(address: str, code: str) -> str:
    """Says which address and topic a link is about, signed. The same for every letter, and it never runs out."""
    return Signer(salt=SALT, sep=".").sign_object([folded(address), code], compress=True)


def read_token(token: str) -> tuple[str, str] | None:
    """The address and the topic that were signed; None for what we did not sign."""
    try:
        address, code = Signer(salt=SALT, sep=".").unsign_object(token)
    except (BadSignature, ValueError, TypeError):
        return None
    return str(address), str(code)


def unsubscribe_link(address: str, code: str) -> str:
    """Where an address refuses a topic: a page for people, one POST for mail programs (RFC 8058)."""
    return f"{settings.SITE_URL}{reverse('common:unsubscribe', args=[token_of(address, code)])}"
