"""The words of adhesion, of the statute and its bodies, of votes and of membership."""

from django.utils.translation import gettext_lazy as _

from cluster_portal.common.glossary.shapes import Group, Term

GROUPS = (
    Group(
        "joining",
        _("Becoming a member"),
        (
            Term(
                "adhesion",
                _("Adhesion"),
                _(
                    "Joining the cluster by accepting its statute. It is asked for, examined and decided; nobody becomes a member by registering on the site."
                ),
            ),
            Term(
                "adhesion-request",
                _("Adhesion request"),
                _(
                    "What an organisation submits to become a member: its data, a contribution, documents and declarations. It moves from draft to decision by listed steps only, and each step is recorded."
                ),
                code="AdhesionRequest",
            ),
            Term(
                "applicant",
                _("Applicant"),
                _("The organisation that asks, and the person who fills in the request for it."),
            ),
            Term(
                "completion",
                _("Completion"),
                _(
                    "A request that lacks something is returned with the list of what is missing. The applicant has a number of days to complete it; otherwise it lapses."
                ),
            ),
            Term(
                "contribution",
                _("Contribution"),
                _(
                    "What an applicant brings to the purpose of the cluster, in words that a director can check. Some statutes also ask for a document that proves it."
                ),
            ),
            Term(
                "declaration",
                _("Declaration"),
                _(
                    "A text that the applicant ticks: accepting the statute, conflicts of interest, sanctions, export control, personal data. The portal keeps which version of the text was ticked, and when."
                ),
                code="Declaration",
            ),
            Term(
                "trade-register-certificate",
                _("Trade register certificate"),
                _(
                    "An extract of the Romanian trade register about a company. Statutes ask for a recent one, because it shows who may sign today."
                ),
            ),
            Term(
                "objection",
                _("Objection"),
                _(
                    "A reasoned no that a member with a vote may lodge while an announced request stands in its window of days. The Board reads it with the file."
                ),
            ),
            Term(
                "appeal",
                _("Appeal"),
                _(
                    "Asking the general assembly to look again at a rejection or an exclusion. It has a term, counted from the day on which the decision was made known."
                ),
            ),
        ),
    ),
    Group(
        "bodies",
        _("Statute and bodies"),
        (
            Term(
                "statute",
                _("Statute"),
                _(
                    "The basic rules of the cluster. In the portal it is both text, in articles, and parameters that are applied."
                ),
            ),
            Term(
                "statute-version",
                _("Statute version"),
                _(
                    "A statute with the days on which it is in force. A request is judged by the version in force when it was submitted, even if the statute changes meanwhile."
                ),
                code="StatuteVersion",
            ),
            Term(
                "internal-regulation",
                _("Internal regulation"),
                _(
                    "Further rules that a body of the cluster adopts under the statute. Members accept them together with the statute."
                ),
            ),
            Term(
                "general-assembly",
                _("General assembly"),
                _("All members together. It elects the Board, changes the statute and hears appeals."),
            ),
            Term(
                "board",
                _("Board of Directors"),
                _("The elected body that decides on members. Its directors vote as persons, each once."),
            ),
            Term(
                "mandate",
                _("Mandate of a director"),
                _(
                    "A seat on the Board, held by one person from one day to another. Whoever held a mandate when a round opened belongs to that round, whatever happens to the mandate later."
                ),
                code="Directorship",
            ),
            Term(
                "officers",
                _("President, vice-president, secretary"),
                _(
                    "Directors with an office. The president or the secretary opens rounds; some statutes ask that the president or a vice-president be present."
                ),
            ),
            Term(
                "cluster-manager",
                _("Cluster manager, office"),
                _(
                    "The organisation and people who run the cluster day by day. They check files, but they do not decide on them."
                ),
            ),
            Term(
                "matter",
                _("Matter"),
                _(
                    "What a round decides: an admission, an exclusion, a suspension, a change of the statute, another matter. Each has its own quorum and majority."
                ),
            ),
        ),
    ),
    Group(
        "deciding",
        _("Deciding"),
        (
            Term(
                "round",
                _("Round"),
                _(
                    "One vote on one matter, from opening to closing. A matter that is postponed gets a new round; the old one and its ballots stay."
                ),
                code="Round",
            ),
            Term(
                "ballot",
                _("Ballot"),
                _(
                    "What one director says in one round: for, against or abstention. It may be changed until the round closes; the last one counts."
                ),
                code="Ballot",
            ),
            Term(
                "abstention",
                _("Abstention"),
                _(
                    "Taking part in the vote without saying for or against. It counts for the quorum; whether it weighs on the result depends on the majority asked for. Stepping aside for an interest is something else."
                ),
            ),
            Term(
                "motive",
                _("Motive"),
                _("The reason for a vote. A rejection needs one, because the applicant has to learn why."),
            ),
            Term(
                "quorum",
                _("Quorum"),
                _(
                    "How many directors must take part for the vote to be valid at all. Taking part includes abstaining."
                ),
            ),
            Term(
                "majority",
                _("Majority"),
                _(
                    "Simple: more votes for than against, abstentions do not weigh. Of those present: more than half of all who take part. Absolute: more than half of all directors. Qualified: a stated part, such as two thirds."
                ),
            ),
            Term(
                "tie",
                _("Tie"),
                _("As many for as against. A statute may reject, postpone once, or give the chair a casting vote."),
            ),
            Term(
                "second-convening",
                _("Second convening"),
                _("Meeting again after a meeting without quorum, often with a lighter quorum."),
            ),
            Term(
                "written-procedure",
                _("Written procedure"),
                _(
                    "Voting without a meeting, during a number of days. Silence never counts as approval, and a director may ask for a meeting instead."
                ),
            ),
            Term(
                "conflict-of-interest",
                _("Conflict of interest"),
                _(
                    "A director has something personal to gain or lose in a matter, directly or through relatives or an organisation that the director represents."
                ),
            ),
            Term(
                "recusal",
                _("Recusal"),
                _(
                    "A director with a conflict of interest steps aside from one matter: neither deliberates nor votes, counts for no quorum, and is named in the minutes. It is not the same as abstaining."
                ),
                code="Seat",
            ),
            Term(
                "minutes",
                _("Convocation, agenda, minutes"),
                _("The call to a meeting, what it will deal with, and the record of what it did."),
            ),
            Term(
                "resolution",
                _("Resolution"),
                _(
                    "The numbered decision of a body, with its figures, its articles and, for a rejection, its motive. Numbers run within a year and have no gaps."
                ),
                code="Resolution",
            ),
        ),
    ),
    Group(
        "belonging",
        _("Being a member"),
        (
            Term(
                "membership",
                _("Membership"),
                _(
                    "The state of belonging, of a certain type, from a day on. It is active, suspended, under notice, or ended."
                ),
                code="Membership",
            ),
            Term(
                "membership-types",
                _("Types of membership"),
                _(
                    "Founding, associate, supporting, honorary and observer. The statute says how each is obtained and whether it votes; a consultative vote is an opinion that is not counted."
                ),
            ),
            Term(
                "register",
                _("Member register"),
                _(
                    "The list of every change of every membership with its basis and its day. Who was a member on a given day is read from it; nothing in it is erased."
                ),
                code="RegisterEvent",
            ),
            Term(
                "suspension",
                _("Suspension"),
                _(
                    "Rights rest for a while: usually no vote and no place in the collective offer. The login stays, so that the member can put things right."
                ),
            ),
            Term(
                "notice",
                _("Withdrawal, notice"),
                _("A member leaves by its own will; until the notice runs out it is still a member."),
            ),
            Term(
                "exclusion",
                _("Exclusion"),
                _("The cluster ends a membership, for reasons that the statute lists and after hearing the member."),
            ),
            Term(
                "annual-fee",
                _("Annual fee"),
                _("What a member pays each year. A fee in arrears can be a ground for exclusion."),
            ),
            Term(
                "representative",
                _("Representative"),
                _(
                    "The person who speaks for an organisation in the portal and votes in the assembly. The legal representative is the one whom the law or the articles of association name; a delegated one has a mandate."
                ),
                code="Representation",
            ),
            Term(
                "contributor",
                _("Contributor"),
                _(
                    "A colleague whom the representative invites to help with the profile. A contributor does not sign and does not vote."
                ),
            ),
            Term(
                "visibility",
                _("Visibility"),
                _(
                    "Who may see a field: everyone, members, a partner after an accepted introduction, or the office only. What a person may not see is absent from page, search and export alike."
                ),
            ),
        ),
    ),
)
