"""What directors, the office and whoever holds seminars do, and where."""

from django.utils.translation import gettext_lazy as _

from cluster_portal.common.guide.shapes import Guide, Task

GUIDES = (
    Guide(
        "director",
        _("Directors"),
        _("For members of the Board, in the desk. The engine counts; you read, declare and vote."),
        words=(
            "round",
            "quorum",
            "recusal",
            "abstention",
            "majority",
            "written-procedure",
            "motive",
            "resolution",
        ),
        tasks=(
            Task(
                "admin:index",
                _("See what waits for your vote"),
                _(
                    "The desk opens with the rounds in which you have not voted, then those in which you have, and what was decided lately."
                ),
            ),
            Task(
                "admin:members_adhesionrequest_changelist",
                _("Read a file"),
                _(
                    "Facts, documents, what the statute asks and what is there, what happened so far: on one page. Press n for the next file."
                ),
            ),
            Task(
                "admin:members_adhesionrequest_changelist",
                _("Declare an interest first"),
                _(
                    "Before each vote you say whether you have an interest. If you have, you step aside: the file closes to you, the minutes name you, and the quorum is counted without you."
                ),
            ),
            Task(
                "admin:members_adhesionrequest_changelist",
                _("Vote"),
                _(
                    "For, against with a motive, or abstain. You may change the ballot until the round closes; silence is never a yes."
                ),
            ),
            Task(
                "admin:members_adhesionrequest_changelist",
                _("Vote on several files"),
                _(
                    'Tick them in the list, choose "Vote on the selected requests", and use the keys: j and k walk, 1 is for, 2 against, 3 abstains, 0 leaves open. Nothing is sent before you press the button.'
                ),
            ),
            Task(
                "admin:members_adhesionrequest_changelist",
                _("Open a round, ask for a meeting"),
                _(
                    "The president or the secretary opens a round on a complete file; any director may ask for a meeting instead of the written procedure."
                ),
            ),
            Task(
                "admin:members_resolution_changelist",
                _("Read the resolutions"),
                _("Numbered without gaps, with figures, articles and motives."),
            ),
        ),
    ),
    Guide(
        "office",
        _("The office"),
        _("For the people who run the cluster: files, members, vocabulary, introductions, letters."),
        words=(
            "completion",
            "cluster-manager",
            "membership",
            "suspension",
            "register",
            "mandate",
            "vocabulary",
            "proposal",
        ),
        tasks=(
            Task(
                "admin:index",
                _("Begin at the desk"),
                _(
                    "New files, appeals, files that were returned, terms that run, rounds that are open, changes that members ask for. The bar above carries the counts."
                ),
            ),
            Task(
                "admin:members_adhesionrequest_changelist",
                _("Check a file"),
                _(
                    "Look at the documents, then declare the file complete, or return it with what is missing; the list of what the statute asks is ready."
                ),
            ),
            Task(
                "admin:members_membership_changelist",
                _("Change a membership"),
                _(
                    "Suspend, reinstate, give notice, end, change the type: each asks for its basis and writes a line of the register."
                ),
            ),
            Task(
                "admin:members_registerevent_changelist",
                _("Print the register"),
                _("Who was a member on a day, as a list that prints without the navigation."),
            ),
            Task(
                "admin:members_changerequest_changelist",
                _("Answer changes of official data"),
                _("Old and new side by side; accept the whole or refuse with an answer."),
            ),
            Task(
                "admin:members_directorship_changelist",
                _("Record mandates"),
                _(
                    "Appoint a director with the day on which the mandate begins, or end one; open rounds keep their seats."
                ),
            ),
            Task(
                "members:words",
                _("Keep the vocabulary"),
                _("Add, move, merge and retire words; answer the words that members miss."),
            ),
            Task(
                "matchmaking:overview",
                _("Look after introductions"),
                _(
                    "Gaps of the cluster, pairs worth a proposal, introductions and what became of them, exposure of each member."
                ),
            ),
            Task(
                "admin:common_outgoingmail_changelist",
                _("See letters that failed"),
                _("Every letter with its state; one that failed can be sent again."),
            ),
        ),
    ),
    Guide(
        "seminars",
        _("Whoever holds seminars"),
        _("For the cluster manager who announces seminars, trainings and brokerage days, and stands at the door."),
        words=(
            "waiting-list",
            "quota",
            "guest",
            "check-in",
            "certificate",
            "brokerage-day",
        ),
        tasks=(
            Task(
                "events:manage-new",
                _("Write an event"),
                _(
                    "A title and two times make a draft; then texts in both languages, place, seats, programme. The page of the event says what it still needs before it is published."
                ),
            ),
            Task(
                "events:manage",
                _("Publish it, invite"),
                _(
                    "Publish from the page of the event; invitations go to an audience that you filter, see as a letter, and may stop."
                ),
            ),
            Task(
                "events:manage",
                _("Look after registrations"),
                _(
                    "Approve, add, cancel; seats that come free are offered down the waiting list by themselves, one person at a time."
                ),
            ),
            Task(
                "events:manage",
                _("Move or cancel it"),
                _(
                    "Everybody registered is written to once, with a calendar entry that moves or takes away the old one."
                ),
            ),
            Task(
                "events:manage",
                _("Stand at the door"),
                _(
                    "Open the door page on a phone: scan codes or press names. It keeps arrivals when the network is gone and sends them later. Badges and the attendance list print."
                ),
            ),
            Task(
                "events:manage",
                _("Finish it"),
                _("Issue certificates, share materials, read the feedback."),
            ),
            Task(
                "matchmaking:days",
                _("Hold a brokerage day"),
                _("Take the participants of an event, let members state wishes, make the timetable and publish it."),
            ),
            Task(
                "events:manage-figures",
                _("Read the figures"),
                _("Attendance and ratings over the year, and who has to renew a training."),
            ),
        ),
    ),
)
