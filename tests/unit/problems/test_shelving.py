"""An analysis is taken away with a reason and comes back whole; its history tells what each saving changed."""

import pytest
from django.urls import reverse
from django.utils import translation

from core.errors import InvalidInput, NotAllowed, Refused
from events.models import Event
from problems import services
from problems.causes import outline
from problems.causes.outline import Row
from problems.models import AnalysisTemplate
from problems.selectors.analysis_history import savings_of
from tests.problems import investigated

pytestmark = pytest.mark.django_db


def begun(cast, text="The power supply is old\n  Nobody replaces it in time"):
    analysis = services.begin_analysis(investigated(cast), actor=cast.chen_hao, method="whys", head="It restarts")
    rows = [Row(row.id, row.depth, row.text, "confirmed") for row in outline.rows_of_text(text)]
    return services.save_outline(analysis, actor=cast.chen_hao, rows=rows, head="It restarts", version=1)


def test_what_is_removed_counts_no_more_until_it_is_back(cast):
    analysis = begun(cast)
    problem = analysis.problem
    with_it = [str(label) for label in problem.what_is_missing()]
    with pytest.raises(NotAllowed):
        services.remove_analysis(analysis, actor=cast.li_na, reason="x")
    with pytest.raises(InvalidInput):
        services.remove_analysis(analysis, actor=cast.chen_hao, reason=" ")
    away = services.remove_analysis(analysis, actor=cast.chen_hao, reason="Wrong head")
    assert len(problem.what_is_missing()) == len(with_it) + 1
    with pytest.raises(Refused):
        services.remove_analysis(away, actor=cast.chen_hao, reason="again")
    with pytest.raises(Refused):
        services.save_outline(away, actor=cast.chen_hao, rows=[], head="x", version=2)
    back = services.restore_analysis(away, actor=cast.chen_hao)
    assert back.document == analysis.document
    assert [str(label) for label in problem.what_is_missing()] == with_it
    told = Event.objects.filter(name__in=("problem.analysis_removed", "problem.analysis_restored")).order_by("pk")
    assert [event.data.get("reason") for event in told] == ["Wrong head", None]


def test_the_history_tells_each_saving_cause_by_cause(cast):
    analysis = begun(cast)
    first, second = outline.rows_of(analysis.tree)
    rows = [Row(first.id, 0, "The power supply is worn out", "ruled_out"), Row("", 1, "No stock"), second]
    analysis = services.save_outline(analysis, actor=cast.wang_fang, rows=rows, head="It restarts", version=2)
    services.add_evidence(analysis, second.id, actor=cast.chen_hao, kind="metric", ref="temp", text="71 °C")
    with translation.override("en"):
        savings, following = savings_of(analysis)
    assert following is None and [one.version for one in savings] == [4, 3, 2, 1]
    assert savings[0].lines == ["“Nobody replaces it in time”: evidence added, temp 71 °C"]
    assert savings[1].by == cast.wang_fang
    assert savings[1].lines == [
        "“The power supply is old” became “The power supply is worn out”",
        "“The power supply is worn out”: Confirmed → Ruled out",
        "“No stock” was added below “The power supply is worn out”",
    ]
    assert savings[3].lines == []


def test_the_pages_of_history_removal_and_return(cast, client):
    analysis = begun(cast)
    cast.chen_hao.language = "en"
    cast.chen_hao.save()
    client.force_login(cast.chen_hao)

    def at(name):
        return reverse(f"problems:{name}", args=[analysis.problem.number, analysis.pk])

    assert "Version 2" in client.get(at("analysis-history")).content.decode()
    assert client.post(at("remove-analysis"), {"reason": " "}).status_code == 422
    page = client.post(at("remove-analysis"), {"reason": "Wrong head"}, follow=True).content.decode()
    assert "Removed analyses" in page and "Wrong head" in page
    assert "Bring it back" in client.get(at("analysis")).content.decode()
    assert client.get(at("remove-analysis")).status_code == 404
    client.post(at("restore-analysis"))
    analysis.refresh_from_db()
    assert analysis.removed_at is None and analysis.removed_because == ""


def test_keeping_a_template_is_told(cast):
    kept = services.keep_template(AnalysisTemplate(), actor=cast.wang_fang, name_en="Ours", outline_en="People")
    event = Event.objects.get(name="analysis_template.kept")
    assert (event.subject_kind, event.subject_id, event.actor) == ("analysis_template", kept.pk, cast.wang_fang)
