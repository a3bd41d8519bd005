"""Tables of the kernel."""

from cluster_portal.common.models.audit import AuditEvent, AuditLink
from cluster_portal.common.models.cluster import Cluster, Written, in_reach
from cluster_portal.common.models.heartbeat import Heartbeat
from cluster_portal.common.models.mail import MailState, OutgoingAttachment, OutgoingMail
from cluster_portal.common.models.topics import RefusalWay, RefusedTopic
from cluster_portal.common.models.user import User

__all__ = [
    "AuditEvent",
    "AuditLink",
    "Cluster",
    "Heartbeat",
    "MailState",
    "OutgoingAttachment",
    "OutgoingMail",
    "RefusalWay",
    "RefusedTopic",
    "User",
    "Written",
    "in_reach",
]
