"""A problem in the words of the portal: whoever of the desk raised it reads it there as well. Pure."""

from django.utils.translation import gettext as _

from portal.plain_words.telling import Status, working


def status_of(problem, chips=()) -> Status:
    state = problem.state_info
    if state.is_final:
        return Status(str(state.label), _("Nothing more to do."), "grey", "checks")
    return Status(str(state.label), working(problem), str(state.tone), "bug")


def steps(problem) -> list[tuple[str, str]]:
    """(label, "is-done" | "is-here" | "") along the way of a problem."""
    classes = {"done": "is-done", "here": "is-here"}
    return [(str(state.label), classes.get(where, "")) for state, where in problem.stages]
