"""What visitors, applicants and members do, and where."""

from django.utils.translation import gettext_lazy as _

from cluster_portal.common.guide.shapes import Guide, Task

GUIDES = (
    Guide(
        "visitor",
        _("Visitors"),
        _("For whoever looks for a partner or wants to know what the cluster is. Nothing here needs an account."),
        words=(
            "side",
            "helix",
            "trl",
            "matrix",
        ),
        tasks=(
            Task(
                "members:directory",
                _("Find a member"),
                _(
                    "Type a name, a capability or a place, in Romanian or English; then tick sides, roles, maturity or counties. Each filter in use stands above the results and goes away when you press it."
                ),
            ),
            Task(
                "matchmaking:opportunities",
                _("Read what is offered and sought"),
                _(
                    "The board shows the offers and needs that members made public. Names and contacts of the others are for members."
                ),
            ),
            Task(
                "events:index",
                _("Register for a seminar"),
                _(
                    "Open the event and register as a guest; the place is yours after you press the link in the letter. If the event is full you may wait, and are written to when a place is yours."
                ),
            ),
            Task(
                "events:calendars",
                _("Keep the seminars in your calendar"),
                _("Copy the address of a calendar into your own; new and moved events then show by themselves."),
            ),
            Task(
                "events:certificate-check",
                _("Check a certificate"),
                _("Type the code that stands on it; the portal says whether it is genuine and for what."),
            ),
            Task(
                "members:statute",
                _("Read the statute"),
                _("Every article, with the day from which it holds. The words of the statute are explained beside it."),
            ),
        ),
    ),
    Guide(
        "applicant",
        _("Applicants"),
        _("For the organisation that wants to become a member, and the person who writes its request."),
        words=(
            "adhesion",
            "completion",
            "contribution",
            "declaration",
            "objection",
            "appeal",
        ),
        tasks=(
            Task(
                "members:join",
                _("See what is asked"),
                _(
                    "Each document and each condition, with the article that asks for it, and how long the answer may take."
                ),
            ),
            Task(
                "account_signup",
                _("Make an account"),
                _("With your own address of the organisation; press the link in the letter that confirms it."),
            ),
            Task(
                "members:requests",
                _("Write the request"),
                _(
                    "In short steps, in any order, with the article beside the question. Drafts are saved as you go; stop and come back when you like. Nothing classified belongs in it."
                ),
            ),
            Task(
                "members:requests",
                _("Complete it when it comes back"),
                _(
                    "If something is missing, the office sends the list of what and until when. Open the request, mend the steps that are marked, and submit it again."
                ),
            ),
            Task(
                "members:requests",
                _("Follow it, read the decision"),
                _(
                    "The page of the request says in words where it stands and what comes next. The resolution appears there, with its motive; after a rejection, so does the way to appeal and its term."
                ),
            ),
        ),
    ),
    Guide(
        "member",
        _("Members"),
        _("For representatives and contributors of a member."),
        words=(
            "representative",
            "contributor",
            "visibility",
            "capability",
            "offer-need",
            "trl",
            "ncage",
            "introduction",
        ),
        tasks=(
            Task(
                "members:mine",
                _("See what needs you"),
                _(
                    '"My organisation" is your desk: answers that wait, certificates and offers that end, coming seminars, and what the profile still lacks.'
                ),
            ),
            Task(
                "members:mine",
                _("Edit the profile"),
                _(
                    "Section by section: texts in both languages, offers, needs, certificates, contacts. Choose for each who sees it, and look at the page with other eyes before you leave."
                ),
            ),
            Task(
                "members:mine",
                _("Invite colleagues"),
                _(
                    "A contributor helps with the profile; a representative also acts for the organisation. Whoever leaves is removed on the same page."
                ),
            ),
            Task(
                "matchmaking:index",
                _("Find partners"),
                _(
                    "The best partners across the line, each with the reasons. Say that you are interested, or set one aside; the other side is told only of an interest."
                ),
            ),
            Task(
                "matchmaking:interests",
                _("Answer an interest"),
                _("A yes shows the contacts to both, and both get a letter. A no is silent."),
            ),
            Task(
                "matchmaking:searches",
                _("Be told of what is new"),
                _("Search the board of opportunities and keep the search: you are written to when something fits."),
            ),
            Task(
                "events:mine",
                _("Go to seminars"),
                _(
                    "Your registrations, codes for the door, certificates and trainings. Colleagues are registered from the page of the event."
                ),
            ),
            Task(
                "members:announced",
                _("Read the announced requests"),
                _(
                    "Where the statute gives members a right to object, the requests that stand in that window are here."
                ),
            ),
            Task(
                "common:topics",
                _("Choose your letters"),
                _("Letters that you need not receive are switched off here, one topic at a time."),
            ),
        ),
    ),
)
