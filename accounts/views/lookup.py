"""Finding a caller or a colleague while typing."""

from django.http import JsonResponse
from django.shortcuts import render

from accounts import selectors
from core.access import signed_in

AT_MOST = 20


@signed_in
def lookup(request):
    """People for ?q=: options for a datalist, or JSON for whoever accepts it. Only people this reader may see.

    `in` names another parameter that carries the text, for forms with several people in them.

    Numbers and addresses go to people of the desk only; a requester learns colleagues' names and departments.
    """
    text = request.GET.get(request.GET.get("in", "q"), "").replace("\0", "").strip()[:100]
    people = list(selectors.lookup(request.user, text)[:AT_MOST]) if text else []
    if "application/json" not in request.headers.get("Accept", "") and request.GET.get("format") != "json":
        return render(request, "accounts/_people_options.html", {"people": people})
    return JsonResponse({"results": [_described(person, request.user.is_staff_member) for person in people]})


def _described(person, to_the_desk):
    facts = {
        "value": person.pk,
        "login": person.username,
        "text": person.display_name,
        "department": str(person.department or ""),
        "is_vip": person.is_vip,
    }
    if to_the_desk:
        facts |= {"staff_number": person.staff_number, "phone": person.phone, "email": person.email}
        facts |= {"place": person.location}
    return facts
