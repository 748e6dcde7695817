"""Whoever is forgotten is forgotten everywhere: no column of words keeps their name, unless a written reason does."""

import json

import pytest
from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder

from accounts.services.privacy import identity_of
from core.forgetting import erase_everywhere, parts_of, reason_to_keep
from core.personal import models_about, texts_of
from itsm.erasing import GONE, KEPT
from knowledge.models import Article
from tests.guards.planting import Garden
from tickets.models import Ticket

pytestmark = pytest.mark.django_db


def told_of(person) -> list:
    """The records people work on with all that is part of them, and every other model that points to people."""
    models = [part for root in (Ticket, Article) for part, way in parts_of(root)] + models_about(type(person))
    return list(dict.fromkeys(model for model in models if not model._meta.proxy))


def test_no_column_of_words_names_them_any_more_unless_a_reason_keeps_it(cast):
    gone = cast.li_na
    names = [gone.name, gone.latin_name, gone.username, gone.email, gone.phone, gone.staff_number, "138 0013-8000"]
    rows = Garden(gone, " / ".join(names), gone.name).plant(told_of(gone))
    erase_everywhere(gone, identity_of(gone))
    left = []
    for model in told_of(gone):
        row = model is not type(gone) and model._base_manager.filter(pk=rows[model].pk).first()
        for name in texts_of(model) if row else ():
            kept = json.dumps(getattr(row, name), ensure_ascii=False, cls=DjangoJSONEncoder)
            if any(one in kept for one in names) and reason_to_keep(model, name) is None:
                left.append(f"{model._meta.label}.{name}")
    assert left == [], "forgotten nowhere: erase it, or write the reason why it stays into itsm/erasing.py"


def test_every_reason_is_for_something_there_is(cast):
    models = told_of(cast.li_na)
    labels = {model._meta.label for model in apps.get_models()}
    known = labels | {name for model in models for name in texts_of(model)}
    known |= {f"{model._meta.label}.{name}" for model in models for name in texts_of(model)}
    assert set(KEPT) - known == set() and all(str(reason) for reason in KEPT.values())
    assert {model._meta.label for model in apps.get_models()} >= GONE and not GONE & set(KEPT)
