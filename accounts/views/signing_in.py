"""Signing in and out, and the page for too many tries."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.views import LoginView
from django.http import Http404
from django.shortcuts import redirect, render, resolve_url
from django.urls import NoReverseMatch
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.forms.signing_in import SignInForm
from accounts.models import Role, User

BACKEND = "accounts.backends.LoginNameBackend"


def landing_for(user) -> str:
    """Where a person starts: managers at the dashboard, people of the desk at their queue, others at home."""
    first = "desk:queue" if user.is_staff_member else settings.LOGIN_REDIRECT_URL
    if user.has_role(Role.MANAGER):
        first = "insights:overview"
    try:
        return resolve_url(first)
    except NoReverseMatch:
        return resolve_url(settings.LOGIN_REDIRECT_URL)


class SignIn(LoginView):
    form_class = SignInForm
    template_name = "accounts/login.html"
    redirect_authenticated_user = True

    def get_default_redirect_url(self):
        return landing_for(self.request.user)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        if settings.DEMO:
            context["demo_accounts"] = [(role, Role(role).label, name) for role, name in settings.DEMO_ACCOUNTS]
        return context


@require_POST
def demo_sign_in(request):
    """Sign in as one of the demo's cast without a password. Does not exist outside demo mode."""
    if not settings.DEMO:
        raise Http404
    name = dict(settings.DEMO_ACCOUNTS).get(request.POST.get("role", ""))
    if name is None:
        raise Http404
    user = User.objects.active().filter(username=name).first()
    if user is None:
        messages.warning(request, _("The demo is still being prepared. Try again in a moment."))
        return redirect("accounts:login")
    login(request, user, backend=BACKEND)
    return redirect(_wanted(request) or landing_for(user))


def _wanted(request) -> str:
    """Where ?next= asks to go, if that is a page of ours."""
    wanted = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if ours else ""


def locked_out(request, response=None, credentials=None, *args, **kwargs):
    """Too many wrong passwords for this person from this address."""
    minutes = round(settings.AXES_COOLOFF_TIME * 60)
    answer = render(request, "accounts/locked_out.html", {"minutes": minutes}, status=429)
    answer["Retry-After"] = str(minutes * 60)
    return answer
