"""Chat channels: administrators keep those of teams and help what is stuck; everybody keeps their own."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.forms.service_form import add_refusal
from accounts.views.guards import administrators_only
from core.access import signed_in
from core.errors import Refused
from notifications.forms import ChannelForm, OwnChannelForm
from notifications.models import ChatChannel, ChatMessage
from notifications.services import chat_channels

STUCK_SHOWN = 50


@administrators_only
@require_safe
def channels(request):
    """The channels of teams, and what is stuck in them, at most 50 messages."""
    stuck = ChatMessage.objects.stuck().filter(channel__user=None).select_related("channel", "ticket").order_by("-pk")
    context = {
        "channels": ChatChannel.objects.filter(user=None).select_related("team"),
        "stuck": stuck[:STUCK_SHOWN],
    }
    return render(request, "notifications/chats.html", context)


@administrators_only
@require_http_methods(["GET", "HEAD", "POST"])
def channel(request, pk=None):
    """Add (no pk) or change a team's channel."""
    found = get_object_or_404(ChatChannel, pk=pk, user=None) if pk else None
    form = ChannelForm(request.POST or None, instance=found, initial={"address": "", "secret": ""})
    if saved := _saved(form, lambda **values: chat_channels.save_channel(found, actor=request.user, **values)):
        messages.success(request, _("Saved."))
        return redirect("notifications:chat", saved.pk)
    return render(request, "notifications/chat.html", {"channel": found, "form": form})


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def own_channel(request):
    found = ChatChannel.objects.filter(user=request.user).first()
    initial = {"address": "", "secret": "", "language": found.language if found else request.user.language}
    form = OwnChannelForm(request.POST or None, instance=found, initial=initial)
    if _saved(form, lambda **values: chat_channels.save_own_channel(actor=request.user, **values)):
        messages.success(request, _("Saved."))
        return redirect("notifications:own_chat")
    return render(request, "notifications/own_chat.html", {"channel": found, "form": form})


def _saved(form, save):
    """What `save` made of a good form; None when nothing was posted or the form tells what is wrong."""
    if not (form.is_bound and form.is_valid()):
        return None
    try:
        return save(**form.cleaned_data)
    except Refused as refusal:
        add_refusal(form, refusal)
        return None


@administrators_only
@require_POST
def try_channel(request, pk):
    _try(request, get_object_or_404(ChatChannel, pk=pk, user=None))
    return redirect("notifications:chat", pk)


@signed_in
@require_POST
def try_own_channel(request):
    found = ChatChannel.objects.filter(user=request.user).first()
    if found is None:
        raise Http404
    _try(request, found)
    return redirect("notifications:own_chat")


def _try(request, channel):
    works, words = chat_channels.try_channel(channel, actor=request.user)
    (messages.success if works else messages.error)(request, words)


@administrators_only
@require_POST
def retry(request, pk):
    chat_channels.retry(_stuck(pk), actor=request.user)
    messages.success(request, _("The message is queued again."))
    return redirect("notifications:chats")


@administrators_only
@require_POST
def drop(request, pk):
    chat_channels.drop(_stuck(pk), actor=request.user)
    messages.success(request, _("The message will not be sent."))
    return redirect("notifications:chats")


def _stuck(pk):
    return get_object_or_404(ChatMessage.objects.select_related("channel"), pk=pk, channel__user=None)
