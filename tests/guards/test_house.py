"""The house stays a house: file sizes, import contracts, migrations, templates, diagrams, locks."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command
from django.template.loader import get_template

from catalog.workflow import REQUEST
from changes.workflow import CHANGE
from incidents.workflow import INCIDENT
from problems.workflow import PROBLEM

ROOT = Path(__file__).resolve().parents[2]
IGNORED = {".venv", "node_modules", ".git", ".itsm", "staticfiles", "dist", "__pycache__", ".hypothesis"}
INLINE = re.compile(r"<style|<script(?![^>]*\bsrc=)(?![^>]*application/json)|\son[a-z]+=|\sstyle=|javascript:", re.I)
FOREIGN = re.compile(r"""(?:src|href)=["'](?:https?:)?//""", re.I)


def ours(pattern):
    return [p for p in ROOT.rglob(pattern) if not IGNORED & set(p.relative_to(ROOT).parts)]


def too_long(paths, limit):
    return {str(p.relative_to(ROOT)): n for p in paths if (n := len(p.read_text("utf-8").splitlines())) > limit}


def test_python_files_can_be_read_in_one_sitting():
    assert too_long([p for p in ours("*.py") if "migrations" not in p.parts], 300) == {}


def test_templates_can_be_read_in_one_sitting():
    assert too_long(ours("*.html"), 150) == {}


def test_imports_only_point_down():
    run = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"],
        cwd=ROOT, capture_output=True, text=True, env={"PYTHONPATH": str(ROOT), "PATH": ""}, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stdout[-3000:] + run.stderr[-2000:]


@pytest.mark.django_db
def test_models_have_their_migrations():
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


@pytest.mark.parametrize("path", sorted(ours("templates/**/*.html")), ids=lambda p: str(p.relative_to(ROOT)))
def test_template_compiles_and_runs_under_the_content_policy(path):
    name = str(path.relative_to(ROOT / "templates"))
    if not name.startswith("cotton/"):
        get_template(name)
    text = path.read_text("utf-8")
    if "mail/" not in name:
        assert not INLINE.search(text), f"inline script or style: {INLINE.search(text).group()!r}"
        assert not FOREIGN.search(text), "an asset from a foreign server"


@pytest.mark.parametrize("workflow", [CHANGE, INCIDENT, PROBLEM, REQUEST], ids=lambda workflow: workflow.kind)
def test_diagram_shows_the_table_in_force(workflow):
    page = (ROOT / "docs" / "workflows" / f"{workflow.kind}.md").read_text("utf-8")
    assert workflow.mermaid() in page, "run `python3 manage.py draw_workflows`"


def test_locks_carry_no_download_address():
    for path in [*ROOT.glob("requirements/*.lock"), ROOT / "package-lock.json"]:
        text = path.read_text("utf-8")
        assert '"resolved"' not in text, path.name
        if path.suffix == ".lock":
            assert "://" not in text, path.name


@pytest.mark.parametrize("path", sorted(ours("*.po")), ids=lambda p: str(p.relative_to(ROOT)))
def test_catalogue_is_complete(path):
    import polib

    catalogue = polib.pofile(str(path))
    assert [e.msgid for e in catalogue.untranslated_entries()] == []
    assert [e.msgid for e in catalogue.fuzzy_entries()] == []


def test_catalogues_agree_on_every_word():
    """Django merges all catalogues into one: of two translations of a text, the app listed first wins everywhere."""
    import polib

    said = {}
    for path in ours("*.po"):
        for entry in polib.pofile(str(path)):
            words = entry.msgstr or tuple(sorted(entry.msgstr_plural.items()))
            said.setdefault((entry.msgctxt, entry.msgid), {}).setdefault(words, []).append(path.parts[-5])
    assert {text: words for text, words in said.items() if len(words) > 1} == {}, "choose one word, or add a context"


@pytest.mark.parametrize("path", sorted(ours("*.po")), ids=lambda p: str(p.relative_to(ROOT)))
def test_our_words_are_read_and_not_those_of_a_library(path):
    import polib
    from django.utils.translation import gettext, override, pgettext

    other = {}
    with override("zh-hans"):
        for entry in polib.pofile(str(path)):
            read = pgettext(entry.msgctxt, entry.msgid) if entry.msgctxt else gettext(entry.msgid)
            if not entry.obsolete and not entry.msgid_plural and read != entry.msgstr:
                other[entry.msgid] = read
    assert other == {}
