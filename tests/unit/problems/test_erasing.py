"""Somebody who is forgotten is forgotten in analyses too, which name people by login."""

import json

import pytest

from accounts.services.privacy import identity_of
from core.forgetting import erase_everywhere
from problems import services
from problems.causes import outline
from tests.problems import investigated

pytestmark = pytest.mark.django_db


def test_no_version_of_an_analysis_names_them(cast):
    problem = investigated(cast, root_cause="chen.hao saw the leak")
    analysis = services.begin_analysis(problem, actor=cast.chen_hao, method="whys", head="It restarts")
    rows = outline.rows_of_text("陈浩 forgot it")
    services.save_outline(analysis, actor=cast.zhang_wei, rows=rows, head="It restarts", version=1)
    erase_everywhere(cast.chen_hao, identity_of(cast.chen_hao))
    analysis.refresh_from_db()
    problem.refresh_from_db()
    kept = json.dumps([analysis.document, *analysis.versions.values_list("document", flat=True)], ensure_ascii=False)
    assert "chen.hao" not in kept and "zhang.wei" in kept
    assert problem.root_cause == f"#{cast.chen_hao.pk} saw the leak"
    assert analysis.tree.head == "It restarts"
