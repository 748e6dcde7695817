"""Approval routes and task graphs as data: what an item says, checked before it is kept. Pure.

A route is a list of stages: `{"name": {"zh", "en"}, "mode": tickets.vocabulary.ApprovalMode, "percentage": 60,
"who": [{"kind": catalog.vocabulary.Who, "value": login or role}]}`. Tasks are a list of `{"key", "title": {"zh", "en"},
"team": slug, "is_mandatory": true, "after": [keys], "automatic": name}`. Problems are told by path.
"""

import re

from django.utils.translation import gettext as _

from accounts.rules import Role
from catalog.vocabulary import Who
from tickets.rules import cycle_in
from tickets.vocabulary import ApprovalMode

MAX_STAGES = 10
MAX_WHO = 20
MAX_TASKS = 40
_KEY = re.compile(r"[a-z][a-z0-9_-]{0,39}")


def problems_of_route(route) -> dict[str, str]:
    if not isinstance(route, list) or len(route) > MAX_STAGES:
        return {"route": _("At most %(limit)s stages.") % {"limit": MAX_STAGES}}
    problems = {}
    for index, stage in enumerate(route):
        problems |= _problems_of_stage(stage, f"route.{index}")
    return problems


def _problems_of_stage(stage, path) -> dict:
    if not isinstance(stage, dict) or not set(stage) <= {"name", "mode", "percentage", "who"}:
        return {path: _("A stage has a name, a mode and approvers.")}
    problems, mode, share = {}, stage.get("mode"), stage.get("percentage")
    if not is_named(stage.get("name"), 80):
        problems[f"{path}.name"] = _("Write a name in Chinese or English.")
    if mode not in dict(ApprovalMode.of_routes()):
        problems[f"{path}.mode"] = _("Choose one of the listed values.")
    if (mode == ApprovalMode.PERCENTAGE) != (share is not None) or (
        share is not None and not (type(share) is int and 1 <= share <= 100)
    ):
        problems[f"{path}.percentage"] = _("Say how many percent, from 1 to 100, where a share decides.")
    who = stage.get("who")
    if not isinstance(who, list) or not 1 <= len(who) <= MAX_WHO:
        return problems | {f"{path}.who": _("Name between 1 and %(limit)s approvers.") % {"limit": MAX_WHO}}
    for index, one in enumerate(who):
        kind, value = (one.get("kind"), one.get("value", "")) if isinstance(one, dict) else (None, "")
        if kind not in Who.values or not isinstance(value, str) or len(value) > 60:
            problems[f"{path}.who.{index}"] = _("Choose one of the listed values.")
        elif kind == Who.PERSON and not value:
            problems[f"{path}.who.{index}"] = _("Name the person.")
        elif kind == Who.ROLE and value not in Role.values:
            problems[f"{path}.who.{index}"] = _("Name a role.")
    return problems


def problems_of_tasks(tasks, *, actions) -> dict[str, str]:
    """`actions` are the names of automatic actions there are."""
    if not isinstance(tasks, list) or len(tasks) > MAX_TASKS:
        return {"tasks": _("At most %(limit)s tasks.") % {"limit": MAX_TASKS}}
    problems, after = {}, {}
    for index, task in enumerate(tasks):
        problems |= _problems_of_task(task, f"tasks.{index}", after, actions)
    if problems:
        return problems
    for index, task in enumerate(tasks):
        unknown = [key for key in after[task["key"]] if key not in after]
        if unknown:
            problems[f"tasks.{index}.after"] = _("There is no task “%(key)s”.") % {"key": unknown[0]}
    if not problems and (ring := cycle_in(after)):
        problems["tasks"] = _("These tasks wait for each other: %(ring)s.") % {"ring": " → ".join([*ring, ring[0]])}
    return problems


def _problems_of_task(task, path, after, actions) -> dict:
    if not isinstance(task, dict) or not set(task) <= {"key", "title", "team", "is_mandatory", "after", "automatic"}:
        return {path: _("A task has a key, a title, a team, what it comes after, and whether it is mandatory.")}
    problems, key, earlier = {}, task.get("key"), task.get("after", [])
    if not isinstance(key, str) or not _KEY.fullmatch(key) or key in after:
        problems[f"{path}.key"] = _("A key of its own: small letters, digits, “-” and “_”, a letter first.")
    elif not isinstance(earlier, list) or any(not isinstance(one, str) for one in earlier):
        problems[f"{path}.after"] = _("A list of keys of other tasks.")
    else:
        after[key] = earlier
    if not is_named(task.get("title"), 120):
        problems[f"{path}.title"] = _("Write a title in Chinese or English.")
    if not isinstance(task.get("team", ""), str):
        problems[f"{path}.team"] = _("Name a team.")
    if not isinstance(task.get("is_mandatory", True), bool):
        problems[f"{path}.is_mandatory"] = _("Write true or false.")
    if task.get("automatic", "") not in ("", *actions):
        problems[f"{path}.automatic"] = _("Choose one of the listed values.")
    return problems


def is_named(text, limit) -> bool:
    """A text in both languages or in one of them."""
    if not isinstance(text, dict) or not set(text) <= {"zh", "en"}:
        return False
    words = list(text.values())
    return all(isinstance(word, str) and len(word) <= limit for word in words) and any(word.strip() for word in words)
