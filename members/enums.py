"""The words that columns may hold, with their labels; the values are those of `members.rules`."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class HelixRole(models.TextChoices):
    INDUSTRY = "industry", _("Industry")
    UNIVERSITY = "university", _("University and research")
    GOVERNMENT = "government", _("Government")
    CATALYST = "catalyst", _("Catalyst")
    FUNDER = "funder", _("Funder")
    CIVIL_SOCIETY = "civil_society", _("Civil society")


class Side(models.TextChoices):
    CIVIL = "civil", _("Civil")
    DUAL = "dual", _("Dual")
    DEFENCE = "defence", _("Defence")


class SizeClass(models.TextChoices):
    MICRO = "micro", _("Micro (under 10)")
    SMALL = "small", _("Small (10 to 49)")
    MEDIUM = "medium", _("Medium (50 to 249)")
    LARGE = "large", _("Large (250 or more)")


class Tier(models.TextChoices):
    INTEGRATOR = "integrator", _("Integrator")
    TIER_1 = "tier1", _("Tier 1 supplier")
    TIER_2 = "tier2", _("Tier 2 supplier")
    TIER_3 = "tier3", _("Tier 3 supplier")


class Ownership(models.TextChoices):
    PRIVATE_NATIONAL = "private_national", _("Private, national capital")
    PRIVATE_FOREIGN = "private_foreign", _("Private, foreign capital")
    STATE = "state", _("State-owned")
    MIXED = "mixed", _("Mixed")
    NON_PROFIT = "non_profit", _("Non-profit")


class PersonRole(models.TextChoices):
    """What a person of an organisation is for, whether or not they can sign in."""

    LEGAL = "legal", _("Legal representative")
    DELEGATED = "delegated", _("Delegated representative")
    TECHNICAL = "technical", _("Technical contact")
    EXPORT_CONTROL = "export_control", _("Export-control contact")
    FINANCE = "finance", _("Finance contact")


class AccessRole(models.TextChoices):
    """What a person who signs in may do for an organisation."""

    REPRESENTATIVE = "representative", _("Representative")
    CONTRIBUTOR = "contributor", _("Contributor")


class Visibility(models.TextChoices):
    PUBLIC = "public", _("Everyone")
    MEMBERS = "members", _("Members")
    CONTACT = "contact", _("Partners after an accepted introduction")
    OFFICE = "office", _("The cluster office only")


class Direction(models.TextChoices):
    OFFERED = "offered", _("We offer")
    SOUGHT = "sought", _("We seek")


class SuggestionState(models.TextChoices):
    """What became of a word that a member misses."""

    WAITING = "waiting", _("Waits for the office")
    PROMOTED = "promoted", _("A new word of the vocabulary")
    MERGED = "merged", _("Meant by a word that is there")
    DECLINED = "declined", _("Declined")


class CapabilityKind(models.TextChoices):
    """In which form something is offered or sought."""

    TECHNOLOGY = "technology", _("Technology")
    PRODUCT = "product", _("Product")
    SERVICE = "service", _("Service")
    EXPERT = "expert", _("Expert")
    INFRASTRUCTURE = "infrastructure", _("Infrastructure (laboratory, test stand)")
    COOPERATION = "rd_cooperation", _("R&D cooperation")
    FUNDING = "funding", _("Funding")
    TRAINING = "training", _("Training")
    SUPPLIER = "supplier", _("Supplier")
    INTEGRATOR = "integrator", _("Integrator")


class ControlClass(models.TextChoices):
    """What a member says of an offer under Regulation (EU) 2021/821; empty: not said yet."""

    NONE = "none", _("Not on the dual-use list")
    DUAL_USE = "dual_use", _("On the dual-use list")
    UNSURE = "unsure", _("Unsure")


class ControlCategory(models.TextChoices):
    """Categories of Annex I of the dual-use regulation."""

    NUCLEAR = "0", _("0 Nuclear materials, facilities and equipment")
    MATERIALS = "1", _("1 Special materials and related equipment")
    PROCESSING = "2", _("2 Materials processing")
    ELECTRONICS = "3", _("3 Electronics")
    COMPUTERS = "4", _("4 Computers")
    TELECOMMUNICATIONS = "5", _("5 Telecommunications and information security")
    SENSORS = "6", _("6 Sensors and lasers")
    NAVIGATION = "7", _("7 Navigation and avionics")
    MARINE = "8", _("8 Marine")
    AEROSPACE = "9", _("9 Aerospace and propulsion")


class ControlGroup(models.TextChoices):
    """Product groups within a category."""

    SYSTEMS = "A", _("A Systems, equipment and components")
    TEST = "B", _("B Test, inspection and production equipment")
    MATERIALS = "C", _("C Materials")
    SOFTWARE = "D", _("D Software")
    TECHNOLOGY = "E", _("E Technology")


class AdhesionState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    RETURNED = "returned", _("Returned for completion")
    COMPLETE = "complete", _("Complete")
    OBJECTION = "objection", _("Open to objections")
    DELIBERATION = "deliberation", _("In deliberation")
    ADJOURNED = "adjourned", _("Adjourned")
    APPROVED = "approved", _("Approved")
    REJECTED = "rejected", _("Rejected")
    APPEALED = "appealed", _("Appealed")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    LAPSED = "lapsed", _("Lapsed")


class BoardRole(models.TextChoices):
    PRESIDENT = "president", _("President")
    VICE_PRESIDENT = "vice_president", _("Vice-president")
    SECRETARY = "secretary", _("Secretary")
    MEMBER = "member", _("Director")


class Procedure(models.TextChoices):
    MEETING = "meeting", _("Meeting")
    WRITTEN = "written", _("Written procedure")


class Choice(models.TextChoices):
    FOR = "for", _("For")
    AGAINST = "against", _("Against")
    ABSTAIN = "abstain", _("Abstain")


class Result(models.TextChoices):
    ADOPTED = "adopted", _("Adopted")
    REJECTED = "rejected", _("Rejected")
    TIE = "tie", _("Tie")
    NO_QUORUM = "no_quorum", _("No quorum")
    ABANDONED = "abandoned", _("Abandoned without a result")


class DecidingBody(models.TextChoices):
    BOARD = "board", _("Board of Directors")
    ASSEMBLY = "assembly", _("General assembly")


class Outcome(models.TextChoices):
    APPROVED = "approved", _("Approved")
    REJECTED = "rejected", _("Rejected")


class MembershipState(models.TextChoices):
    ACTIVE = "active", _("Active")
    SUSPENDED = "suspended", _("Suspended")
    NOTICE_GIVEN = "notice_given", _("Has given notice")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    EXCLUDED = "excluded", _("Excluded")
    CEASED = "ceased", _("Ceased")


class MembershipBasis(models.TextChoices):
    FOUNDING = "founding", _("Founding act")
    RESOLUTION = "resolution", _("Resolution")


class RegisterVerb(models.TextChoices):
    ADMITTED = "admitted", _("Admitted")
    SUSPENDED = "suspended", _("Suspended")
    REINSTATED = "reinstated", _("Reinstated")
    NOTICE_GIVEN = "notice_given", _("Gave notice")
    WITHDREW = "withdrew", _("Withdrew")
    EXCLUDED = "excluded", _("Excluded")
    CEASED = "ceased", _("Ceased")


class ChangeState(models.TextChoices):
    PENDING = "pending", _("Waiting for the office")
    ACCEPTED = "accepted", _("Accepted")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class CertificateKind(models.TextChoices):
    ISO_9001 = "iso_9001", "ISO 9001"
    ISO_14001 = "iso_14001", "ISO 14001"
    ISO_27001 = "iso_27001", "ISO/IEC 27001"
    ISO_45001 = "iso_45001", "ISO 45001"
    ISO_17025 = "iso_17025", "ISO/IEC 17025"
    AQAP_2110 = "aqap_2110", "AQAP 2110"
    AQAP_2131 = "aqap_2131", "AQAP 2131"
    AQAP_2210 = "aqap_2210", "AQAP 2210"
    AQAP_2310 = "aqap_2310", "AQAP 2310"
    OTHER = "other", _("Other certificate")


class County(models.TextChoices):
    """The 41 counties of Romania and its capital, by their registration codes."""

    AB = "AB", "Alba"
    AR = "AR", "Arad"
    AG = "AG", "Argeș"
    BC = "BC", "Bacău"
    BH = "BH", "Bihor"
    BN = "BN", "Bistrița-Năsăud"
    BT = "BT", "Botoșani"
    BV = "BV", "Brașov"
    BR = "BR", "Brăila"
    B = "B", "București"
    BZ = "BZ", "Buzău"
    CS = "CS", "Caraș-Severin"
    CL = "CL", "Călărași"
    CJ = "CJ", "Cluj"
    CT = "CT", "Constanța"
    CV = "CV", "Covasna"
    DB = "DB", "Dâmbovița"
    DJ = "DJ", "Dolj"
    GL = "GL", "Galați"
    GR = "GR", "Giurgiu"
    GJ = "GJ", "Gorj"
    HR = "HR", "Harghita"
    HD = "HD", "Hunedoara"
    IL = "IL", "Ialomița"
    IS = "IS", "Iași"
    IF = "IF", "Ilfov"
    MM = "MM", "Maramureș"
    MH = "MH", "Mehedinți"
    MS = "MS", "Mureș"
    NT = "NT", "Neamț"
    OT = "OT", "Olt"
    PH = "PH", "Prahova"
    SJ = "SJ", "Sălaj"
    SM = "SM", "Satu Mare"
    SB = "SB", "Sibiu"
    SV = "SV", "Suceava"
    TR = "TR", "Teleorman"
    TM = "TM", "Timiș"
    TL = "TL", "Tulcea"
    VL = "VL", "Vâlcea"
    VS = "VS", "Vaslui"
    VN = "VN", "Vrancea"


REGIONS: dict[str, tuple[str, ...]] = {
    "Nord-Vest": ("BH", "BN", "CJ", "MM", "SJ", "SM"),
    "Centru": ("AB", "BV", "CV", "HR", "MS", "SB"),
    "Nord-Est": ("BC", "BT", "IS", "NT", "SV", "VS"),
    "Sud-Est": ("BR", "BZ", "CT", "GL", "TL", "VN"),
    "Sud-Muntenia": ("AG", "CL", "DB", "GR", "IL", "PH", "TR"),
    "București-Ilfov": ("B", "IF"),
    "Sud-Vest Oltenia": ("DJ", "GJ", "MH", "OT", "VL"),
    "Vest": ("AR", "CS", "HD", "TM"),
}
"""The eight development regions (NUTS 2) and their counties."""
