"""Forgotten, first and changed passwords."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.views import PasswordResetConfirmView
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from accounts import selectors, services
from accounts.forms.service_form import add_refusal
from accounts.forms.signing_in import ChangePasswordForm, ForgottenPasswordForm, NewPasswordForm
from accounts.services.invitations import InvitationTokens
from core.access import signed_in
from core.errors import InvalidInput


@never_cache
def forgotten(request):
    """Ask for a link by mail. The answer is the same whether the name is known or not."""
    form = ForgottenPasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.request_password_reset(form.cleaned_data["name"])
        return redirect("accounts:reset_requested")
    return render(request, "accounts/forgotten.html", {"form": form})


def reset_requested(request):
    return render(request, "accounts/reset_requested.html")


class ResetPassword(PasswordResetConfirmView):
    """Set a new password by a mailed link. Django moves the token out of the address before showing the form."""

    form_class = NewPasswordForm
    template_name = "accounts/new_password.html"
    success_url = reverse_lazy("accounts:login")
    title = gettext_lazy("Choose a new password")

    def get_user(self, uidb64):
        user = super().get_user(uidb64)
        return user if user is not None and user.is_active else None

    def form_valid(self, form):
        try:
            services.change_password(self.user, form.cleaned_data["new_password1"])
        except InvalidInput as refusal:
            add_refusal(form, refusal)
            return self.form_invalid(form)
        self.request.session.flush()
        messages.success(self.request, _("Your password is set. Sign in with it."))
        return redirect(self.success_url)


class AcceptInvitation(ResetPassword):
    """Set the first password by the link of an invitation."""

    token_generator = InvitationTokens()
    title = gettext_lazy("Welcome: choose your password")


@never_cache
@sensitive_post_parameters()
@signed_in
def change(request):
    """Change one's own password; every other session ends, this one goes on."""
    form = ChangePasswordForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user = services.change_password(
                request.user, form.cleaned_data["new_password1"], keep_session=request.session.session_key
            )
        except InvalidInput as refusal:
            add_refusal(form, refusal)
        else:
            update_session_auth_hash(request, user)
            messages.success(request, _("Your password is changed. You were signed out everywhere else."))
            return redirect("accounts:security")
    return render(request, "accounts/security.html", {"form": form, **session_list(request)})


def session_list(request):
    """Where this person is signed in, for the page on security."""
    sessions = list(selectors.sessions_of(request.user))
    return {"sessions": sessions, "this_key": request.session.session_key}
