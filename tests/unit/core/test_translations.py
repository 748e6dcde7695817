"""Catalogues are extracted, merged, checked and compiled without GNU gettext."""

import gettext

import polib
import pytest

from core import translations
from core.translations import Message

PYTHON = 'from x import gettext as _, ngettext\nA = _("Open it")\nB = ngettext("%(n)s day", "%(n)s days", 2)\n'
TEMPLATE = """{% load i18n %}<p class="it's">{% translate "Close" %} {{ _("Save")|upper }}
{% translate "Open" context "verb" %}
{% blocktranslate trimmed count n=rows|length %}one {{ n }} row
   of "many"{% plural %}{{ n }} rows{% endblocktranslate %}"""


@pytest.fixture
def root(tmp_path):
    """A project of one app with a Python file and a template."""
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop" / "__init__.py").write_text("")
    (tmp_path / "shop" / "words.py").write_text(PYTHON)
    (tmp_path / "templates" / "shop").mkdir(parents=True)
    (tmp_path / "templates" / "shop" / "page.html").write_text(TEMPLATE)
    return tmp_path


def translate(root, **texts):
    """Fill in translations by source text."""
    path = translations.catalogue_of(root, "shop")
    catalogue = polib.pofile(str(path))
    for entry in catalogue:
        if entry.msgid_plural:
            entry.msgstr_plural = {0: texts.get(entry.msgid, "%(n)s 个")}
        else:
            entry.msgstr = texts.get(entry.msgid, "译文")
    catalogue.save(str(path))


def test_texts_of_a_template_are_those_django_would_ask_for():
    assert set(translations.texts_of_template(TEMPLATE)) == {
        Message("Close"),
        Message("Save"),
        Message("Open", context="verb"),
        Message('one %(n)s row of "many"', plural="%(n)s rows"),
    }


def test_new_catalogue_lists_every_text_untranslated(root):
    assert translations.update(root, "shop") == (6, 6)
    found = translations.check(root, "shop")
    assert sorted(found.untranslated) == sorted(
        ["Open it", "%(n)s day", "Close", "Save", "Open", 'one %(n)s row of "many"']
    )
    assert not found.missing


def test_update_keeps_translations_and_drops_what_is_gone(root):
    translations.update(root, "shop")
    translate(root, **{"Open it": "打开"})
    (root / "shop" / "words.py").write_text('from x import gettext as _\nA = _("Open it")\nC = _("New text")\n')
    before = translations.check(root, "shop")
    assert before.missing == ["New text"]
    assert before.obsolete == ["%(n)s day"]
    translations.update(root, "shop")
    after = translations.read(translations.catalogue_of(root, "shop"))
    assert {entry.msgid: entry.msgstr for entry in after}["Open it"] == "打开"
    assert translations.check(root, "shop").lines() == ["shop: untranslated: 'New text'"]


def test_update_of_unchanged_sources_changes_nothing(root):
    translations.update(root, "shop")
    translate(root)
    translations.update(root, "shop")
    first = translations.catalogue_of(root, "shop").read_bytes()
    translations.update(root, "shop")
    assert translations.catalogue_of(root, "shop").read_bytes() == first
    assert translations.check(root, "shop").lines() == []


def test_lost_placeholder_is_found(root):
    translations.update(root, "shop")
    translate(root, **{"%(n)s day": "几天"})
    assert translations.check(root, "shop").lines() == ["shop: placeholders: '%(n)s day'"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("100%% of %(total)d", {"%(total)d"}),
        ("{name} has {} left, %s", {"{name}", "{}", "%s"}),
        ("50 % done", set()),
    ],
)
def test_placeholders_are_recognised(text, expected):
    assert translations.placeholders(text) == expected


def test_fuzzy_entry_is_a_finding(root):
    translations.update(root, "shop")
    translate(root)
    path = translations.catalogue_of(root, "shop")
    catalogue = polib.pofile(str(path))
    catalogue.find("Save").flags.append("fuzzy")
    catalogue.save(str(path))
    assert translations.check(root, "shop").lines() == ["shop: fuzzy: 'Save'"]


def test_compiled_catalogue_is_what_gettext_reads(root):
    translations.update(root, "shop")
    translate(root, **{"Open it": "打开", "%(n)s day": "%(n)s 天"})
    assert translations.compile_catalogues(root) == 1
    assert translations.compile_catalogues(root) == 0
    with translations.catalogue_of(root, "shop").with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    assert compiled.gettext("Open it") == "打开"
    assert compiled.ngettext("%(n)s day", "%(n)s days", 5) == "%(n)s 天"


def test_template_belongs_to_its_app_or_to_core(root):
    (root / "templates" / "base.html").write_text('{% load i18n %}{% translate "Skip" %}')
    (root / "core").mkdir()
    (root / "core" / "__init__.py").write_text("")
    assert list(translations.extract(root, "core")) == [Message("Skip")]
    assert Message("Skip") not in translations.extract(root, "shop")
