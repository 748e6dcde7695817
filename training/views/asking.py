"""One page that asks for something and gives it to one command."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.forms.service_form import add_refusal
from core.errors import NotAllowed, Refused


def asked(request, form, command, *, title, leads_to, back, submit="", **context):
    """Show `form`; posted and sound, `command(values)` is called, and its answer's page is `leads_to(answer)`.

    What the command refuses is said in the form, with everything that was typed.
    """
    status = 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            try:
                made = command(form.cleaned_data)
                messages.success(request, _("Saved."))
                return redirect(*leads_to(made))
            except NotAllowed:
                raise
            except Refused as refusal:
                add_refusal(form, refusal)
                status = refusal.status
    context |= {"form": form, "title": title, "back": back, "submit": submit}
    return render(request, "training/asked.html", context, status=status)


def posted(request):
    """What a form is bound to: nothing unless something was sent."""
    return request.POST if request.method == "POST" else None


def number_in(request, name):
    """The key that the address names as `name`; 0 when it names none."""
    given = request.GET.get(name, "")
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 10 else 0
