"""The workbench of causes as pages: without scripts every act is a form, and nothing typed is lost."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile as upload
from django.urls import reverse

from incidents import services as incidents
from problems import services
from problems.causes import dumps
from problems.models import Analysis, AnalysisTemplate
from tests.problems import investigated
from tickets import services as tickets

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, cast):
    cast.chen_hao.language = "en"
    cast.chen_hao.save(update_fields=["language"])
    client.force_login(cast.chen_hao)
    return client


@pytest.fixture
def analysis(cast):
    template = AnalysisTemplate.objects.get(name_en="4P for services")
    return services.begin_analysis(investigated(cast), actor=cast.chen_hao, method="fishbone", template=template)


def _path(analysis, name="analysis", *more):
    return reverse(f"problems:{name}", args=[analysis.problem.number, analysis.pk, *more])


def _posted(rows, do="save", version=1, head="It fails"):
    """What the form of these rows sends: each (id, depth, text, state)."""
    return {
        "do": do, "version": version, "head": head, "row": [f"{key}:{depth}" for key, depth, *_rest in rows],
        "text": [row[2] for row in rows], "state": [row[3] for row in rows],
    }  # fmt: skip


def _rows(analysis):
    return [(node.id, depth, node.text, node.state) for depth, node in analysis.tree.walk()]


def test_one_is_begun_from_a_template_and_stands_in_the_list(desk, cast):
    problem = investigated(cast)
    page = reverse("problems:analyses", args=[problem.number])
    assert "None yet" in desk.get(page).content.decode()
    template = AnalysisTemplate.objects.get(name_en="Network outage")
    answer = desk.post(page, {"start": template.pk, "head": ""}, follow=True)
    assert b"Transceivers, patch cords" in answer.content
    assert problem.title in desk.get(page).content.decode()
    assert desk.post(page, {"start": "guess"}).status_code == 422


def test_buttons_of_rows_change_the_form_and_save_nothing(desk, analysis):
    rows = _rows(analysis)
    answer = desk.post(_path(analysis), _posted([*rows, ("", 0, "typed", "suspected")], do="indent-4"))
    assert answer.status_code == 200 and b'value="typed"' in answer.content and b'value=":1"' in answer.content
    answer = desk.post(_path(analysis), _posted(rows, do="remove-0"))
    assert b'value="People"' not in answer.content
    analysis.refresh_from_db()
    assert _rows(analysis) == rows and analysis.version == 1


def test_saving_and_opening_a_new_cause_in_one_go(desk, analysis):
    rows = [*_rows(analysis), ("", 1, "Late delivery", "suspected")]
    answer = desk.post(_path(analysis), _posted(rows, do="open-4"))
    analysis.refresh_from_db()
    cause = analysis.tree.roots[3].children[0]
    assert cause.text == "Late delivery" and answer.url == _path(analysis, "cause", cause.id)


def test_a_row_without_words_is_told_in_place(desk, analysis):
    rows = _rows(analysis)
    answer = desk.post(_path(analysis), _posted([(rows[0][0], 0, " ", "suspected"), ("", 1, "typed", "confirmed")]))
    assert answer.status_code == 422 and b'value="typed"' in answer.content
    assert "remove the row" in answer.content.decode()
    assert desk.post(_path(analysis), _posted(rows, head="")).status_code == 422


def test_whoever_was_overtaken_sees_both_and_can_save_again(desk, cast, analysis):
    rows = _rows(analysis)
    theirs = [(rows[0][0], 0, "Staff", "suspected"), *rows[1:], ("", 0, "Weather", "suspected")]
    assert desk.post(_path(analysis), _posted(theirs)).status_code == 302
    mine = _posted([(rows[0][0], 0, "Humans", "suspected"), *rows[1:]])
    answer = desk.post(_path(analysis), mine)
    page = answer.content.decode()
    assert answer.status_code == 409 and "Yours: Humans. Theirs: Staff." in page
    assert 'value="Humans"' in page and 'value="Weather"' in page and 'name="version" value="2"' in page


@pytest.mark.parametrize("do", ["indent-99", "indent-x", "what", "open-99", "", "up-"])
def test_forged_acts_and_rows_end_in_an_answer(desk, analysis, do):
    answer = desk.post(_path(analysis), {**_posted(_rows(analysis), do=do), "row": ["x:99", "::", ":-1", "a\0b:1"]})
    assert answer.status_code in (302, 422)


def test_evidence_must_be_something_the_writer_sees(desk, cast, analysis):
    path = _path(analysis, "cause", analysis.tree.roots[0].id)
    incident = incidents.report_incident(actor=cast.li_na, title="Blank page", description="x")
    said = {"do": "evidence", "evidence-kind": "ticket", "evidence-text": "seen"}
    assert desk.post(path, said | {"evidence-ref": "INC0000"}).status_code == 422
    assert desk.post(path, said | {"evidence-ref": incident.number.lower()}).status_code == 302
    page = desk.get(path).content.decode()
    assert incident.number in page and "Blank page" in page
    assert desk.post(path, said | {"evidence-kind": "item", "evidence-ref": "host-1"}).status_code == 302
    wrong = (("item", "nothing"), ("change", incident.number), ("file", "x.png"), ("guess", "x"), ("note", ""))
    for kind, ref in wrong:
        text = "" if kind == "note" else "x"
        forged = said | {"evidence-kind": kind, "evidence-ref": ref, "evidence-text": text}
        assert desk.post(path, forged).status_code == 422, kind


def test_an_action_becomes_a_task_and_its_state_stands_in_the_outline(desk, cast, analysis):
    path = _path(analysis, "cause", analysis.tree.roots[0].id)
    said = {"do": "action", "action-text": "Train the night shift", "action-due": "2026-04-01"}
    assert desk.post(path, said | {"action-owner": "nobody"}).status_code == 422
    assert desk.post(path, said | {"action-owner": cast.zhang_wei.username}).status_code == 302
    page = desk.get(_path(analysis)).content.decode()
    assert "→ Train the night shift (2026-04-01)" in page
    assert analysis.problem.tasks.get().get_state_display() in page


def test_two_notes_at_once_are_shown_beside_each_other(desk, analysis):
    path = _path(analysis, "cause", analysis.tree.roots[0].id)
    assert desk.post(path, {"do": "note", "version": 1, "note": "theirs"}).status_code == 302
    answer = desk.post(path, {"do": "note", "version": 1, "note": "mine"})
    assert answer.status_code == 409 and "wrote meanwhile: theirs" in answer.content.decode()
    assert desk.post(path, {"do": "note", "version": 2, "note": "mine"}).status_code == 302


def test_an_exported_file_is_imported_identically_and_a_broken_one_is_told(desk, cast, analysis):
    content = desk.get(_path(analysis, "export-analysis", "json")).content
    other = investigated(cast, items=[])
    path = reverse("problems:import-analysis", args=[other.number])
    assert desk.post(path, {"file": upload("a.json", content)}).status_code == 302
    made = Analysis.objects.get(problem=other)
    assert dumps(made.tree).encode() == content == dumps(analysis.tree).encode()
    broken = json.loads(content)
    broken["roots"][1]["children"] = [{"id": "x"}]
    answer = desk.post(path, {"file": upload("a.json", json.dumps(broken).encode())})
    assert answer.status_code == 422 and "roots[1].children[0].text: This is empty." in answer.content.decode()
    assert Analysis.objects.filter(problem=other).count() == 1


def test_drawings_and_outlines_go_out_as_files(desk, analysis):
    picture = desk.get(_path(analysis, "export-analysis", "svg"))
    assert picture["Content-Type"] == "image/svg+xml" and b"<style" in picture.content
    assert "sandbox" in picture["Content-Security-Policy"]
    assert b"- People" in desk.get(_path(analysis, "export-analysis", "md")).content
    assert desk.get(_path(analysis, "export-analysis", "exe")).status_code == 404


def test_who_does_not_investigate_reads_and_changes_nothing(client, cast, analysis):
    tickets.take_transition(analysis.problem, "cancel", actor=cast.chen_hao, values={"reason": "x"})
    client.force_login(cast.zhang_wei)
    page = client.get(_path(analysis)).content.decode()
    assert "People" in page and "data-outline" not in page
    assert client.post(_path(analysis), _posted([])).status_code in (403, 409)
    client.force_login(cast.li_na)
    assert client.get(_path(analysis)).status_code == 404


def test_one_that_is_removed_says_so_on_its_history_and_is_brought_back_there(desk, analysis):
    assert str(analysis) in desk.get(_path(analysis, "remove-analysis")).content.decode()
    desk.post(_path(analysis, "remove-analysis"), {"reason": "Another fault"})
    page = desk.get(_path(analysis, "analysis-history")).content.decode()
    assert "Another fault" in page and _path(analysis, "restore-analysis") in page
    desk.post(_path(analysis, "restore-analysis"))
    assert "Another fault" not in desk.get(_path(analysis, "analysis-history")).content.decode()


def test_templates_are_kept_by_managers(client, cast):
    page = reverse("problems:new-analysis-template")
    said = {"name_en": "Cloud", "method": "fishbone", "outline_en": "Provider\n  Region", "is_active": "on"}
    client.force_login(cast.zhang_wei)
    assert client.post(page, said).status_code == 404
    client.force_login(cast.wang_fang)
    assert client.post(page, said).status_code == 302
    assert "Provider\n  Region" in client.get(reverse("problems:analysis-templates")).content.decode()
    deep = "\n".join("  " * n + "x" for n in range(12))
    assert client.post(page, said | {"outline_en": deep}).status_code == 422
    assert client.post(page, said | {"name_en": ""}).status_code == 422
