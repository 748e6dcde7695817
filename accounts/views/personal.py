"""One's own page: details, sessions, API tokens."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts import services
from accounts.forms.personal import ProfileForm, TokenForm
from accounts.forms.service_form import add_refusal
from accounts.models import ApiToken
from core.access import signed_in
from core.errors import Refused


@signed_in
def profile(request):
    """Name, phone, place, language, time zone, theme."""
    form = ProfileForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            services.update_own_profile(request.user, **form.cleaned_data)
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("accounts:profile")
    return render(request, "accounts/profile.html", {"form": form})


@require_POST
@signed_in
def end_session(request, handle):
    """Sign out one other browser."""
    if not services.end_session(request.user, handle):
        messages.info(request, _("That session had already ended."))
    return redirect("accounts:security")


@require_POST
@signed_in
def end_other_sessions(request):
    """Sign out everywhere but here."""
    ended = services.end_other_sessions(request.user, keep=request.session.session_key)
    messages.success(
        request, ngettext("%(n)s other session ended.", "%(n)s other sessions ended.", ended) % {"n": ended}
    )
    return redirect("accounts:security")


@signed_in
def tokens(request):
    """One's API tokens; a new one's secret is in the answer to its creation and nowhere else."""
    form, issued = TokenForm(request.POST or None, user=request.user), None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            issued = services.issue_token(
                request.user, given["name"], given["scopes"], form.expires_at, actor=request.user
            )
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            form = TokenForm(user=request.user)
    mine = request.user.api_tokens.filter(revoked_at=None)
    return render(request, "accounts/tokens.html", {"form": form, "tokens": mine, "issued": issued})


@require_POST
@signed_in
def revoke_token(request, pk):
    """End a token: one's own, or as administrator anybody's."""
    token = get_object_or_404(ApiToken, pk=pk)
    if token.user_id != request.user.pk and not request.user.sees_everything:
        raise Http404
    services.revoke_token(token, actor=request.user)
    messages.success(request, _("The token “%s” is revoked.") % token.name)
    if token.user_id != request.user.pk:
        return redirect("accounts:person", token.user_id)
    return redirect("accounts:tokens")
