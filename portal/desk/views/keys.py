"""One's own keys."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.access import desk_view
from core.errors import InvalidInput
from portal.desk import keys as keyboard


class KeysForm(forms.Form):
    """One short field a key; they are named by position, because keys are no names."""

    is_on = forms.BooleanField(label=gettext_lazy("Use keyboard shortcuts"), required=False)

    def __init__(self, chosen, data=None):
        super().__init__(data)
        self.fields["is_on"].initial = chosen.is_on
        for place, key in enumerate(chosen.all):
            self.fields[f"key{place}"] = forms.CharField(
                label=key.label, initial=key.own, required=False, max_length=4,
                widget=forms.TextInput(attrs={"autocomplete": "off", "size": 2}),
            )  # fmt: skip

    def pressed(self) -> dict:
        return {usual: self.cleaned_data[f"key{place}"] for place, usual in enumerate(keyboard.LABELS)}


@desk_view
def keys(request):
    """The page; `switch` alone turns all of them on or off."""
    chosen = keyboard.keys_of(request.user)
    if request.method == "POST" and "switch" in request.POST:
        keyboard.choose(request.user, is_on=request.POST.get("is_on") == "on", pressed=chosen.own)
        return HttpResponse(status=204) if request.htmx else redirect("desk:keys")
    if request.method == "POST" and "usual" in request.POST:
        keyboard.choose(request.user, is_on=chosen.is_on, pressed={})
        return redirect("desk:keys")
    form = KeysForm(chosen, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            keyboard.choose(request.user, is_on=form.cleaned_data["is_on"], pressed=form.pressed())
            messages.success(request, _("Saved."))
            return redirect("desk:keys")
        except InvalidInput as refusal:
            places = list(keyboard.LABELS)
            for usual, problems in refusal.fields.items():
                form.add_error(f"key{places.index(usual)}", problems)
    return render(request, "desk/keys.html", {"form": form}, status=422 if request.method == "POST" else 200)
