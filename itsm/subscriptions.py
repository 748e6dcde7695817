"""Who hears what: every reaction in the system, on one page.

`now` handlers run in the publishing transaction: database only, and a failure undoes the change.
`later` handlers run in a worker, at least once, exactly once for their database effects.
A handler is `handler(event)`. Names are patterns of `fnmatch`.
"""

from catalog import services as catalog
from changes import services as changes
from events.subscribing import Subscription
from incidents import services as incidents
from knowledge import services as knowledge
from notifications import chat_rules, recipients
from notifications import services as notifications
from notifications.services import (
    absences,
    agreements,
    alarms,
    articles,
    boards,
    handing_over,
    learning,
    reading_paths,
    records,
    recurrences,
)
from problems import services as problems
from sla import services as sla
from surveys import services as surveys
from tickets import services as tickets
from tickets.services import resuming, tasks, voting
from training import services as training
from training.services import holders

SUBSCRIPTIONS: list[Subscription] = [
    # Clocks first: what the handlers below do to the ticket comes after what happened to it.
    Subscription(("incident.*", "request.*", "change.*", "problem.*", "ticket.*"), now=(sla.follow,)),
    Subscription(("ticket.commented",), now=(resuming.resume_on_reply, tickets.wake_on_reply)),
    Subscription(("incident.resolved",), now=(incidents.resolve_children,)),
    Subscription(("approval.granted",), now=(catalog.go_on, changes.go_on, problems.take_consent)),
    Subscription(("approval.rejected",), now=(catalog.send_back, changes.send_back, problems.take_refusal)),
    Subscription(("request.approved",), now=(catalog.plan,)),
    Subscription(("task.started", "task.completed"), now=(catalog.begin,)),
    Subscription(("task.all_done",), now=(catalog.fulfil, changes.end)),
    Subscription(("request.withdrawn", "request.cancelled"), now=(catalog.stop,)),
    Subscription(("change.sent_for_approval",), now=(changes.keep_scope, changes.ask_approvers)),
    Subscription(("change.scheduled",), now=(changes.refuse_obstacles, changes.keep_scope)),
    Subscription(
        ("change.started",), now=(changes.refuse_frozen, changes.owe_assessment, changes.take_baselines, changes.begin)
    ),
    Subscription(("change.backed_out",), now=(changes.take_back,)),
    Subscription(("change.closed",), now=(changes.suspend_what_fails,)),
    Subscription(("change.closed", "change.cancelled"), now=(resuming.resume_on_change, problems.follow_change)),
    Subscription(("change.finished",), later=(changes.suspect_incidents,)),
    Subscription(("change.planned", "ticket.edited"), now=(changes.reconsider,)),
    Subscription(("change.cancelled",), now=(changes.stop,)),
    Subscription(("freeze.kept", "freeze.discarded"), later=(changes.tell_frozen,)),
    Subscription(("item.merged",), now=(tickets.follow_merged_item,)),
    # Collisions depend on what changes touch, when, and on how things hang together.
    Subscription(("change.*", "ticket.edited"), now=(changes.look_again,)),
    Subscription(
        (
            "item.related",
            "item.unrelated",
            "item.retired",
            "item.disposed",
            "item.missed",
            "item.absorbed",
            "relation-type.kept",
        ),
        now=(changes.look_at_everything_again,),
    ),
    Subscription(("*.reported", "*.assigned", "*.escalated", "*.sent_back"), later=(tickets.give_out,)),
    Subscription(("problem.fix_begun", "problem.examined", "problem.closed"), now=(problems.drop_question,)),
    Subscription(("problem.fix_begun",), now=(problems.look_at_changes,)),
    Subscription(("problem.closed",), now=(problems.end_observation, problems.call_off)),
    Subscription(("problem.absorbed",), later=(problems.answer_moved,)),
    Subscription(("problem.known", "problem.described", "problem.closed"), later=(problems.resume_waiting,)),
    Subscription(("problem.workaround_published",), later=(problems.tell_incidents,)),
    Subscription(("major.stood_down",), now=(problems.open_for_major,)),
    Subscription(("problem.recurrence_denied",), now=(problems.set_aside,)),
    Subscription(("problem.absorbed",), now=(problems.look_over,)),
    Subscription(
        ("incident.reported", "incident.reopened", "ticket.edited", "ticket.linked"),
        later=(problems.notice_recurrence,),
    ),
    Subscription(("incident.cancelled",), later=(problems.take_back,)),
    Subscription(("incident.reported",), later=(incidents.consider, changes.suspect_changes)),
    Subscription(
        (
            "incident.reported",
            "incident.cancelled",
            "incident.reopened",
            "ticket.edited",
            "ticket.merged",
            "ticket.parented",
        ),
        later=(problems.look,),
    ),
    Subscription(("organisation.log_imported",), later=(problems.remember_past,)),
    Subscription(("change.cause_*",), later=(problems.weigh_again,)),
    Subscription(("sla.threshold_crossed", "sla.breached"), later=(sla.escalate,)),
    Subscription(alarms.HEARD, later=(alarms.tell_operators,)),
    Subscription(recipients.HEARD, later=(notifications.tell,)),
    Subscription(chat_rules.HEARD, later=(notifications.tell_teams,)),
    Subscription(("ticket.reply_withdrawn",), now=(notifications.take_back,)),
    Subscription(agreements.HEARD, later=(agreements.tell_agreement,)),
    Subscription(articles.HEARD, later=(articles.tell_article,)),
    Subscription(reading_paths.HEARD, later=(reading_paths.tell_readers,)),
    Subscription(recurrences.HEARD, later=(recurrences.tell_deciders,)),
    Subscription(records.HEARD, later=(records.tell_owners,)),
    Subscription(learning.HEARD, later=(learning.tell_learners,)),
    Subscription(boards.HEARD, later=(boards.tell_keepers,)),
    Subscription(("user.password_reset_requested", "user.invited"), later=(notifications.tell_account,)),
    Subscription(absences.HEARD, later=(absences.tell_absence,)),
    Subscription(("user.handed_over",), later=(handing_over.tell_heirs,)),
    Subscription(("user.deactivated",), later=(voting.pass_on_votes, training.give_back_seats)),
    Subscription(holders.HEARD, later=(training.tell_of_last_holder,)),
    Subscription(("user.created", "user.added_to_team", "user.roles_changed"), later=(knowledge.welcome,)),
    Subscription(("article.retired",), later=(knowledge.miss_article,)),
    Subscription(
        ("article.described", "path.step_kept", "path.step_taken_out", "path.question_removed"),
        later=(knowledge.settle,),
    ),
    Subscription(("task.opened",), later=(tasks.run_automatic,)),
    Subscription(("incident.closed", "request.closed"), later=(surveys.plan,)),
]
