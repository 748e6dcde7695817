"""Analysing a problem: beginning a fishbone or 5 Whys, saving it, and what hangs on its causes."""

import secrets
from dataclasses import replace
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import InvalidInput, NotAllowed, Refused
from core.text import clean_text
from events import services as events
from problems import rules
from problems.causes import Action, Evidence, Fault, Tree, dump, merge, outline, parse
from problems.causes.tree import LONGEST_NOTE, LONGEST_TEXT, MOST_ACTIONS, MOST_EVIDENCE
from problems.models import Analysis, AnalysisTemplate
from problems.selectors.analysis import tree_at
from tickets.services import door
from tickets.services import tasks as ticket_tasks
from tickets.services.tasks import PlannedTask

MOST_ANALYSES = 20


class Overtaken(Refused):
    """Somebody else changed the same causes. Holds what to go on from: `tree` (mine where both differ), `clashes`,
    and the `current` version with who saved it."""

    code = "stale"

    def __init__(self, analysis, tree, clashes):
        super().__init__(_("Somebody changed the same causes meanwhile. Compare, and save again."))
        self.analysis, self.tree, self.clashes = analysis, tree, clashes
        self.more = {
            "current": analysis.version,
            "clashes": [
                {"id": c.node.id, "side": c.side, "mine": str(c.mine)[:500], "theirs": str(c.theirs)[:500]}
                for c in clashes
            ],
        }


@transaction.atomic
def begin_analysis(problem, *, actor, method, head="", template=None, tree=None) -> Analysis:
    """Begin one: from a template, from an imported `tree` as it is, or empty; the problem's title is its head.

    In order: lock; refuse people who do not investigate it, a closed problem, too many; write; publish
    `problem.analysis_begun`. Raises NotAllowed, Refused, InvalidInput.
    """
    problem = _investigated(problem, actor)
    if problem.analyses.kept().count() >= MOST_ANALYSES:
        raise Refused(_("A problem has at most %(most)s analyses.") % {"most": MOST_ANALYSES})
    at = door.instant(problem)
    if tree is None:
        rows = outline.rows_of_text(template.outline) if template else []
        head = clean_text(head) or problem.title
        method = template.method if template else method
        tree = outline.tree_of(rows, method, head, by=_login(actor), at=_stamp(at))
    document = dump(_checked(tree))
    analysis = Analysis.objects.create(
        problem=problem, method=tree.method, document=document, changed_by=actor, changed_at=at,
        has_confirmed_leaf=tree.has_confirmed_leaf(),
    )  # fmt: skip
    analysis.versions.create(version=1, document=document, saved_by=actor, saved_at=at)
    _tell(analysis, "problem.analysis_begun", actor)
    return analysis


@transaction.atomic
def save_outline(analysis, *, actor, rows, head, version) -> Analysis:
    """Save what an outline says now, read from version `version`. Raises as `save_tree`, and InvalidInput."""
    analysis, base = _locked(analysis, actor, version)
    stamp = _stamp(door.instant(analysis.problem))
    head = clean_text(head)
    if not head:
        raise InvalidInput({"head": [_("This field is required.")]})
    mine = outline.tree_of(rows, analysis.method, head, was=base, by=_login(actor), at=stamp)
    return _save(analysis, actor, base, mine)


@transaction.atomic
def save_tree(analysis, *, actor, tree, version) -> Analysis:
    """Save a whole tree that was read at version `version`.

    What others changed since stays where it concerns other causes or other sides of one; where both said something
    else, nothing is written and Overtaken is raised with both. Publishes `problem.analysis_changed` when anything
    changed. Raises Overtaken, NotAllowed, Refused, InvalidInput.
    """
    analysis, base = _locked(analysis, actor, version)
    if tree.method != analysis.method:
        raise InvalidInput({"tree": [_("This is another method than the analysis has.")]})
    return _save(analysis, actor, base, tree)


@transaction.atomic
def annotate(analysis, node_id, *, actor, note, version) -> Analysis:
    """Write the note of a cause, read at version `version`. Raises as `save_tree`."""
    analysis, base = _locked(analysis, actor, version)
    node = _node(base, node_id)
    note = _fitting("note", note, LONGEST_NOTE)
    changed = replace(node, note=note, by=_login(actor), at=_stamp(door.instant(analysis.problem)))
    return _save(analysis, actor, base, base.with_node(changed) if note != node.note else base)


@transaction.atomic
def add_evidence(analysis, node_id, *, actor, kind, ref, text) -> Analysis:
    """Add what speaks for or against a cause; what others do meanwhile does not matter."""
    analysis, tree = _locked(analysis, actor)
    node = _node(tree, node_id)
    if len(node.evidence) >= MOST_EVIDENCE:
        raise InvalidInput({"": [_("A cause has at most %(most)s pieces of evidence.") % {"most": MOST_EVIDENCE}]})
    ref, text = _fitting("ref", ref, LONGEST_TEXT), _fitting("text", text, LONGEST_TEXT)
    if not (ref or text):
        raise InvalidInput({"text": [_("Say what the evidence is.")]})
    changed = replace(node, evidence=(*node.evidence, Evidence(str(kind), ref, text)))
    return _save(analysis, actor, tree, tree.with_node(changed))


@transaction.atomic
def remove_evidence(analysis, node_id, *, actor, kind, ref, text) -> Analysis:
    """Take one piece away; where it is gone already nothing happens."""
    analysis, tree = _locked(analysis, actor)
    node = _node(tree, node_id)
    left = tuple(one for one in node.evidence if (one.kind, one.ref, one.text) != (kind, ref, text))
    return _save(analysis, actor, tree, tree.with_node(replace(node, evidence=left)))


@transaction.atomic
def add_action(analysis, node_id, *, actor, text, owner, due) -> Analysis:
    """Add what is to be done about a cause until the day `due`, and give it to `owner` as a task of the problem."""
    analysis, tree = _locked(analysis, actor)
    node = _node(tree, node_id)
    if len(node.actions) >= MOST_ACTIONS:
        raise InvalidInput({"": [_("A cause has at most %(most)s actions.") % {"most": MOST_ACTIONS}]})
    text = _fitting("text", text, 200)
    if not text:
        raise InvalidInput({"text": [_("This field is required.")]})
    # The key is the problem's: an imported action may bring an id that a task here has already.
    action = Action(f"a{secrets.token_hex(5)}", text, owner.username, due.isoformat())
    _plan(analysis.problem, action, owner, actor)
    return _save(analysis, actor, tree, tree.with_node(replace(node, actions=(*node.actions, action))))


@transaction.atomic
def take_on(analysis, action_id, *, actor, owner) -> Analysis:
    """Make an imported action a task of this problem, for `owner`. It must not be one yet."""
    analysis, tree = _locked(analysis, actor)
    node, action = next(
        ((node, one) for _depth, node in tree.walk() for one in node.actions if one.id == action_id), (None, None)
    )
    if action is None:
        raise Refused(_("This action is no longer there."))
    if analysis.problem.tasks.filter(key=action_id).exists():
        raise Refused(_("This action is a task already."))
    _plan(analysis.problem, action, owner, actor)
    given = replace(action, owner=owner.username)
    actions = tuple(given if one.id == action_id else one for one in node.actions)
    return _save(analysis, actor, tree, tree.with_node(replace(node, actions=actions)))


@transaction.atomic
def keep_template(template, *, actor, **values) -> AnalysisTemplate:
    """Write a tree to begin with. For managers. Publishes `analysis_template.kept`. Raises NotAllowed, InvalidInput by
    field."""
    if not rules.keeps_analysis_templates(actor):
        raise NotAllowed()
    for name in ("name_zh", "name_en", "outline_zh", "outline_en"):
        text = str(values.get(name, getattr(template, name))).replace("\0", "")
        setattr(template, name, text.strip() if name.startswith("name") else text.rstrip())
    template.method = values.get("method", template.method)
    template.is_active = values.get("is_active", template.is_active)
    if not (template.name_zh or template.name_en):
        raise InvalidInput({"name_zh": [_("Give it a name in one language at least.")]})
    for name in ("outline_zh", "outline_en"):
        try:
            parse(dump(outline.tree_of(outline.rows_of_text(getattr(template, name)), template.method, "x")))
        except Fault as fault:
            raise InvalidInput({name: [str(fault)]}) from None
    template.save()
    events.publish(
        "analysis_template.kept", subject=template, actor=actor, is_public=False, is_active=template.is_active
    )
    return template


def _investigated(problem, actor):
    problem = door.lock(problem)
    if actor is not None and not rules.investigates_it(actor, problem):
        raise NotAllowed()
    if problem.state_info.is_final:
        raise Refused(_("A closed problem is not analysed any further."))
    return problem


def _locked(analysis, actor, version=None):
    """The analysis as it is now, under the lock of its problem, and its tree at `version` (now, if None)."""
    problem = _investigated(analysis.problem, actor)
    analysis = Analysis.objects.get(pk=analysis.pk)
    if analysis.removed_at is not None:
        raise Refused(_("This analysis was removed. Bring it back to go on with it."))
    analysis.problem = problem
    base = tree_at(analysis, analysis.version if version is None else version)
    if base is None:
        raise InvalidInput({"version": [_("There is no such version of this analysis.")]})
    return analysis, base


def _save(analysis, actor, base, mine):
    theirs = analysis.tree
    tree, clashes = merge(base, mine, theirs)
    if clashes:
        raise Overtaken(analysis, tree, clashes)
    document = dump(_checked(tree))
    if document == analysis.document:
        return analysis
    analysis.document = document
    analysis.version += 1
    analysis.has_confirmed_leaf = tree.has_confirmed_leaf()
    analysis.changed_by, analysis.changed_at = actor, door.instant(analysis.problem)
    analysis.save()
    analysis.versions.create(
        version=analysis.version, document=document, saved_by=actor, saved_at=analysis.changed_at
    )  # fmt: skip
    _tell(analysis, "problem.analysis_changed", actor)
    return analysis


def _checked(tree: Tree) -> Tree:
    try:
        return parse(dump(tree))
    except Fault as fault:
        raise InvalidInput({"tree": [str(fault)]}) from None


def _node(tree, node_id):
    node = tree.nodes().get(node_id)
    if node is None:
        raise Refused(_("This cause is no longer there."))
    return node


def _plan(problem, action, owner, actor):
    if not (owner.is_active and owner.is_staff_member):
        raise InvalidInput({"owner": [_("Only active people of the desk work on tasks.")]})
    planned = PlannedTask(action.id, action.text, assignee=owner, is_mandatory=False, due_on=_day(action.due))
    ticket_tasks.plan(problem, [planned], actor=actor, is_whole=False)


def _day(text):
    """The day an action names; None where an imported one names none that exists."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _tell(analysis, name, actor):
    """On the problem's history. Its version stays: nobody who describes it meanwhile is stopped by this."""
    door.note(
        analysis.problem, name, actor=actor, analysis=analysis.pk, method=str(analysis.method),
        version=analysis.version, head=analysis.document["head"],
    )  # fmt: skip


def _fitting(field, text, longest):
    text = clean_text(text)
    if len(text) > longest:
        message = _("At most %(limit)s characters; this has %(length)s.")
        raise InvalidInput({field: [message % {"limit": longest, "length": len(text)}]})
    return text


def _login(actor):
    return actor.username if actor else ""


def _stamp(at):
    return at.isoformat(timespec="seconds")
