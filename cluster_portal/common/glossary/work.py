"""The words of the cluster, of what members can do, of events, and of numbers and lists."""

from django.utils.translation import gettext_lazy as _

from cluster_portal.common.glossary.shapes import Group, Term

GROUPS = (
    Group(
        "people",
        _("The cluster and its people"),
        (
            Term(
                "cluster",
                _("Cluster"),
                _(
                    "Organisations of a region or a branch that work together under common rules, with somebody who manages it. The portal serves one cluster at a time."
                ),
            ),
            Term(
                "preset",
                _("Preset"),
                _("The file that fills an empty portal for one cluster: identity, statute, vocabulary."),
            ),
            Term(
                "helix",
                _("Helix role"),
                _(
                    "The side from which an organisation comes: industry, university and research, government, and around them catalysts, funders and civil society. Triple helix is the name of the cooperation of the first three."
                ),
                code="HelixRole",
            ),
            Term(
                "catalyst",
                _("Catalyst"),
                _(
                    "An organisation whose work is to bring others together: a cluster, a chamber of commerce, a technology-transfer centre, an incubator. Romania's model of clusters counts it as the fourth leaf of a clover."
                ),
            ),
            Term(
                "side",
                _("Side"),
                _("Whether an organisation or a capability serves civil purposes, defence, or both."),
                code="Side",
            ),
            Term(
                "sme",
                _("SME"),
                _(
                    "A small or medium-sized enterprise: fewer than 250 people. Micro means fewer than 10, small fewer than 50."
                ),
            ),
            Term(
                "value-chain",
                _("Value chain"),
                _(
                    "The steps from research and material to a product in use. A tier says how far an organisation stands from the maker of the whole; tier 1 supplies the integrator directly."
                ),
            ),
        ),
    ),
    Group(
        "capabilities",
        _("What members can do"),
        (
            Term(
                "capability",
                _("Capability"),
                _(
                    "Something that a member offers or seeks, said with a word of the vocabulary, a side and a maturity."
                ),
                code="Capability",
            ),
            Term(
                "vocabulary",
                _("Vocabulary"),
                _(
                    "The tree of words with which capabilities are said. A common tree is what makes an offer and a need comparable."
                ),
                code="Tag",
            ),
            Term(
                "offer-need",
                _("Offer, need"),
                _("What a member can give and what it lacks. Matchmaking brings the two together."),
            ),
            Term(
                "matchmaking",
                _("Matchmaking"),
                _(
                    "Suggesting to a member those who can give what it needs, or need what it can give, above all across the line between civil and defence."
                ),
            ),
            Term(
                "match",
                _("Match, score"),
                _(
                    "Two members across the line of whom one can give what the other needs. The score says how much each gains and how mutual it is."
                ),
                code="Pair",
            ),
            Term(
                "reason",
                _("Reason of a match"),
                _("One need that the other side meets, with its points; the points add up to the score."),
            ),
            Term(
                "interest",
                _("Interest in a partner"),
                _("A member says that it would like to meet another. A no to it is silent."),
                code="Interest",
            ),
            Term(
                "introduction",
                _("Introduction"),
                _("Both said yes: each sees the other's contacts, by a consent that is kept, and both get a letter."),
                code="Introduction",
            ),
            Term(
                "proposal",
                _("Proposal of the office"),
                _("The office proposes two members to each other, without naming who must stay unknown."),
                code="Proposal",
            ),
            Term(
                "opportunity",
                _("Opportunity"),
                _("A published offer or need as it stands on the board, with the eyes of whoever looks."),
                code="Opportunity",
            ),
            Term(
                "saved-search",
                _("Saved search"),
                _("A search of the board under a name, which writes when something new fits."),
                code="SavedSearch",
            ),
            Term(
                "self-classification",
                _("Self-classification"),
                _("What a member says of its own offer under the dual-use list; never a verdict of the portal."),
            ),
            Term(
                "trl",
                _("TRL, technology readiness level"),
                _(
                    "A scale of the European Commission from 1 (principles observed) to 9 (proven in operation). The portal groups it into research (1 to 3), development (4 to 6) and deployment (7 to 9)."
                ),
            ),
            Term(
                "matrix",
                _("Capability matrix"),
                _(
                    "The table that shows how many members can do what. A cell without one of its halves is a partner whom the cluster still lacks."
                ),
            ),
            Term(
                "cbrne",
                _("CBRNE"),
                _(
                    "Chemical, biological, radiological, nuclear and explosives. A field is one of the five, a function is what is done about it: detecting, protecting, decontaminating and so on."
                ),
            ),
            Term(
                "technology-transfer",
                _("Technology transfer"),
                _("Bringing a result of research into use: by licence, joint development or a new company."),
            ),
            Term(
                "intellectual-property",
                _("Intellectual property"),
                _("Rights in inventions, designs, works and know-how."),
            ),
        ),
    ),
    Group(
        "events",
        _("Events"),
        (
            Term(
                "event",
                _("Event"),
                _(
                    "A seminar, training, brokerage day, general assembly or meeting of a working group. It is a draft, published, postponed or cancelled; that it is over is read from the clock."
                ),
                code="Event",
            ),
            Term(
                "registration",
                _("Registration for an event"),
                _(
                    "One person at one event. It may wait for approval, have a confirmed place, stand on the waiting list, or hold an offer."
                ),
                code="Registration",
            ),
            Term(
                "guest",
                _("Guest"),
                _(
                    "Somebody without an account, who registers by confirming the e-mail address and comes back by a key."
                ),
            ),
            Term(
                "waiting-list",
                _("Waiting list"),
                _(
                    "Those for whom there is no seat, in the order of the event's rule. A place that comes free is offered to one person at a time, for a number of hours; then it passes on."
                ),
            ),
            Term(
                "quota",
                _("Quota"),
                _(
                    "Seats kept for one side or one helix role. It is a guarantee and not a ceiling: whoever finds it taken may still have one of the other seats."
                ),
                code="Quota",
            ),
            Term(
                "check-in",
                _("Check-in, walk-in"),
                _("Writing down who has come, and letting in who had no confirmed place."),
            ),
            Term(
                "certificate",
                _("Certificate of attendance"),
                _("Numbered within a year without a gap, with a code by which anybody can check it."),
                code="AttendanceCertificate",
            ),
            Term(
                "training-record",
                _("Training record, renewal"),
                _(
                    "The trainings that a person has completed, and the day by which one that runs out has to be taken again."
                ),
                code="TrainingRecord",
            ),
            Term(
                "material",
                _("Material of an event"),
                _("Slides, a recording or a paper of an event: for whoever sees the event, or for its participants."),
                code="Material",
            ),
            Term(
                "brokerage-day",
                _("Brokerage day"),
                _(
                    "Short meetings at tables, slot after slot. Members state wishes: must meet, would like to meet, no. The timetable is provisional until the office publishes it."
                ),
                code="BrokerageDay",
            ),
        ),
    ),
    Group(
        "numbers",
        _("Numbers and lists"),
        (
            Term(
                "cui",
                _("CUI, CIF"),
                _(
                    "The number of a Romanian organisation, with a check digit. The trade register number is another one: its place in the trade register."
                ),
            ),
            Term(
                "euid",
                _("EUID, LEI, EU VAT number"),
                _(
                    "Numbers of organisations abroad: in the European registers of companies, in the world-wide list of legal entities, and for VAT."
                ),
            ),
            Term(
                "ncage",
                _("NCAGE"),
                _(
                    "The five characters by which NATO's catalogue knows a supplier. A Romanian one is a digit, three characters and the letter L."
                ),
            ),
            Term(
                "aqap",
                _("AQAP"),
                _(
                    "NATO's requirements of quality assurance for suppliers; AQAP 2110 covers design, development and production."
                ),
            ),
            Term(
                "dual-use",
                _("Dual-use"),
                _(
                    "Goods, software and technology that serve civil and military ends. The European Union lists those whose export needs an authorisation: ten categories, five product groups, control numbers such as 3A001."
                ),
            ),
            Term(
                "export-control",
                _("Export control"),
                _(
                    "The duty to ask before such things leave the country, data and talk included; in Romania ANCEX is the authority. The portal records how a member classifies its own offer and never classifies by itself."
                ),
            ),
            Term(
                "classified",
                _("Classified information"),
                _(
                    "Information that the law protects with a secrecy level. It has no place in the portal, and every upload says so."
                ),
            ),
        ),
    ),
)
