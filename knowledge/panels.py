"""What reading shows on pages of apps above."""

from django.template.loader import render_to_string

from knowledge.selectors import learning


def paths_of_reader(request, person) -> str:
    """One's own reading paths with their progress; nobody else's."""
    if person.pk != request.user.pk or not (found := list(learning.own(person))):
        return ""
    return render_to_string("knowledge/paths/_on_learning.html", {"enrolments": found}, request)
