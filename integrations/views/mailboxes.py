"""The administrators' pages about mailboxes: which there are, how they fare, whether they work."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.forms.service_form import add_refusal
from accounts.views.guards import administrators_only
from core.errors import Refused
from integrations import services
from integrations.forms import MailboxForm
from integrations.models import Mailbox


@administrators_only
@require_safe
def mailbox_list(request):
    mailboxes = Mailbox.objects.select_related("service", "team")
    return render(request, "integrations/mailboxes.html", {"mailboxes": mailboxes})


@administrators_only
def mailbox_page(request, pk=None):
    """Add (no pk) or change a mailbox."""
    mailbox = get_object_or_404(Mailbox, pk=pk) if pk else None
    form = MailboxForm(request.POST or None, instance=mailbox, initial={"secret": ""})
    if request.method == "POST" and form.is_valid():
        try:
            saved = services.save_mailbox(mailbox, actor=request.user, **form.cleaned_data)
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("integrations:mailbox", saved.pk)
    return render(request, "integrations/mailbox.html", {"mailbox": mailbox, "form": form})


@administrators_only
@require_POST
def try_mailbox(request, pk):
    """Sign in and count, with what is stored; the outcome is said on the page."""
    mailbox = get_object_or_404(Mailbox, pk=pk)
    works, words = services.try_connection(mailbox, actor=request.user)
    (messages.success if works else messages.error)(request, words)
    return redirect("integrations:mailbox", mailbox.pk)
