"""Sources: what their columns mean, which item they mean, how far their word counts, the token of their agents."""

from django.conf import settings
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.forms.service_form import add_refusal
from cmdb import rules
from cmdb.forms.importing import SourceForm
from cmdb.models import Source
from cmdb.services import importing
from cmdb.views.shaping import shaper
from core.access import desk_view
from core.errors import Refused


@desk_view
@require_safe
def sources(request):
    rows = list(Source.objects.visible_to(request.user).select_related("item_class", "organisation"))
    return render(request, "cmdb/sources.html", {"sources": rows, "may_keep": rules.keeps_classes(request.user)})


@shaper
def new(request):
    return _kept(request, Source())


@shaper
def source(request, slug):
    return _kept(request, _found(request, slug))


@shaper
@require_POST
def token(request, slug):
    """A new token, shown on this page and never again; or the end of the present one."""
    one = _found(request, slug)
    if "revoke" in request.POST:
        importing.revoke_token(one, actor=request.user)
        messages.success(request, _("The token was revoked."))
        return redirect("cmdb:source", slug)
    secret = importing.renew_token(one, actor=request.user)
    one.refresh_from_db()
    return _page(request, SourceForm(request.user, instance=one), one, secret=secret)


def _found(request, slug):
    return get_object_or_404(Source.objects.visible_to(request.user).select_related("item_class"), slug=slug)


def _kept(request, one):
    is_new = one.pk is None
    form = SourceForm(request.user, request.POST or None, instance=one)
    if request.method == "POST" and form.is_valid():
        try:
            importing.keep_source(one, actor=request.user, **form.facts())
            messages.success(request, _("Saved."))
            return redirect("cmdb:source", one.slug)
        except Refused as refusal:
            add_refusal(form, refusal)
            one = Source() if is_new else _found(request, request.resolver_match.kwargs["slug"])
    return _page(request, form, one, status=422 if form.is_bound else 200)


def _page(request, form, one, *, secret="", status=200):
    context = {
        "form": form,
        "source": one if one.pk else None,
        "secret": secret,
        "server": f"{settings.SITE_URL}/inventory/",
    }
    return render(request, "cmdb/source.html", context, status=status)
