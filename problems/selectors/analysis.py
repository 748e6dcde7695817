"""Analyses as they are read: of a problem, as they were, and what their evidence and actions point at."""

from accounts.models import User
from cmdb.models import ConfigurationItem
from problems.causes import Tree, parse
from problems.causes.tree import EvidenceKind
from problems.models import Analysis, AnalysisTemplate
from tickets.models import Attachment, Task, Ticket

SHOWN = 50
OF_TICKETS = (EvidenceKind.TICKET, EvidenceKind.CHANGE)


def analyses_of(problem, user):
    """The visible analyses of a problem in the order in which they were begun."""
    return _of(problem, user).kept()[:SHOWN]


def removed_from(problem, user):
    """Those that were taken away, the latest first."""
    return _of(problem, user).exclude(removed_at=None).order_by("-removed_at", "-pk")[:SHOWN]


def _of(problem, user):
    return Analysis.objects.visible_to(user).filter(problem=problem.pk).select_related("changed_by", "removed_by")


def templates():
    return AnalysisTemplate.objects.filter(is_active=True)


def tree_at(analysis, version) -> Tree | None:
    """The tree of an earlier version, None where there was none."""
    if version == analysis.version:
        return analysis.tree
    found = analysis.versions.filter(version=version).first()
    return parse(found.document) if found else None


def evidence_targets(tree, problem, user) -> dict[tuple[str, str], object]:
    """{(kind, ref): ticket, item or file} of what the reader sees of a tree's evidence. Three queries at most."""
    refs: dict = {}
    for _depth, node in tree.walk():
        for one in node.evidence:
            refs.setdefault(one.kind, set()).add(one.ref)
    found: dict = {}
    if numbers := set().union(*(refs.get(kind, set()) for kind in OF_TICKETS)):
        for ticket in Ticket.objects.visible_to(user).filter(number__in=numbers):
            found |= {(kind, ticket.number): ticket for kind in OF_TICKETS}
    if slugs := refs.get(EvidenceKind.ITEM):
        for item in ConfigurationItem.objects.visible_to(user).filter(slug__in=slugs):
            found[EvidenceKind.ITEM, item.slug] = item
    if names := refs.get(EvidenceKind.FILE):
        for file in Attachment.objects.visible_to(user).filter(ticket=problem.pk, name__in=names):
            found[EvidenceKind.FILE, file.name] = file
    return found


def tasks_by_action(tree, problem, user) -> dict[str, Task]:
    """{id of an action: its task} for those actions of a tree that are tasks of this problem."""
    ids = [action.id for action in tree.actions()]
    tasks = Task.objects.visible_to(user).filter(ticket=problem.pk, key__in=ids) if ids else ()
    return {task.key: task for task in (tasks.select_related("assignee") if ids else ())}


def names_of(logins) -> dict[str, str]:
    """{login: name} of people named in a tree; who is not known here keeps the login."""
    found = User.objects.filter(username__in=set(logins))
    return {user.username: user.display_name for user in found}
