"""The translation catalogues, one per app: extracted with Babel, merged and compiled with polib.

GNU gettext is not on a fresh machine, so `makemessages` and `compilemessages` cannot be relied on.
"""

import ast
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import polib

LANGUAGE = "zh_Hans"
HEADER = {
    "Project-Id-Version": "itsm",
    "Language": LANGUAGE,
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=1; plural=0;",
}
NOT_APPS = {"tests", "launcher", "docs", "static", "templates", "requirements", "deploy", "node_modules"}
TEMPLATE_KINDS = {".html", ".txt"}
# Template folders of an app that go by another name than the app.
FOLDER_OWNERS = {"desk": "portal"}
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
_STRING = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
_CALL = re.compile(rf"\b(gettext|_|ngettext|pgettext|npgettext)\(\s*({_STRING}(?:\s*,\s*{_STRING})*)")
_PLACEHOLDER = re.compile(r"%\(\w+\)[sdif]|%[sdif]|\{\w*\}")


@dataclass(frozen=True, order=True)
class Message:
    """One translatable text: context, singular and plural (empty when it has none)."""

    text: str
    context: str = ""
    plural: str = ""


@dataclass
class Findings:
    """What is wrong with one app's catalogue; each list names source texts."""

    app: str
    missing: list[str] = field(default_factory=list)
    obsolete: list[str] = field(default_factory=list)
    untranslated: list[str] = field(default_factory=list)
    fuzzy: list[str] = field(default_factory=list)
    placeholders: list[str] = field(default_factory=list)

    def lines(self) -> list[str]:
        """One readable line per finding."""
        kinds = ("missing", "obsolete", "untranslated", "fuzzy", "placeholders")
        return [f"{self.app}: {kind}: {text!r}" for kind in kinds for text in getattr(self, kind)]


def apps_of(root: Path) -> list[str]:
    """The packages that own a catalogue, `itsm` included."""
    return sorted(
        folder.name for folder in root.iterdir() if (folder / "__init__.py").exists() and folder.name not in NOT_APPS
    )


def catalogue_of(root: Path, app: str) -> Path:
    """The file that holds an app's translations."""
    return root / app / "locale" / LANGUAGE / "LC_MESSAGES" / "django.po"


def owner_of_template(path: Path, apps: Iterable[str]) -> str:
    """`templates/<app>/…` belongs to the app, every other template (relative path) to core."""
    folder = FOLDER_OWNERS.get(path.parts[0], path.parts[0])
    return folder if folder in apps else "core"


def texts_of_python(path: Path) -> Iterator[Message]:
    """The marked strings of a Python file."""
    from babel.messages.extract import extract

    with path.open("rb") as file:
        for _, said, _, context in extract("python", file, keywords=KEYWORDS, options={"encoding": "utf-8"}):
            singular, plural = said if isinstance(said, tuple) else (said, "")
            if singular:
                yield Message(singular, context or "", plural or "")


def texts_of_template(source: str, name: str = "") -> Iterator[Message]:
    """The marked strings of a Django template, as Django itself reads them."""
    from django.utils.translation.template import templatize

    for call in _CALL.finditer(templatize(source, origin=name)):
        said = [ast.literal_eval(part) for part in re.findall(_STRING, call[2])]
        context = said.pop(0) if call[1] in ("pgettext", "npgettext") else ""
        if said and said[0]:
            yield Message(said[0], context, said[1] if call[1] in ("ngettext", "npgettext") else "")


def extract(root: Path, app: str) -> dict[Message, set[str]]:
    """Every marked text of an app with the files (relative) that use it."""
    found: dict[Message, set[str]] = {}
    for path in sorted((root / app).rglob("*.py")):
        if "migrations" not in path.parts:
            for message in texts_of_python(path):
                found.setdefault(message, set()).add(path.relative_to(root).as_posix())
    templates, apps = root / "templates", apps_of(root)
    for path in sorted(templates.rglob("*")):
        if path.suffix in TEMPLATE_KINDS and owner_of_template(path.relative_to(templates), apps) == app:
            for message in texts_of_template(path.read_text(encoding="utf-8"), path.name):
                found.setdefault(message, set()).add(path.relative_to(root).as_posix())
    return _joined(found)


def _joined(found: dict[Message, set[str]]) -> dict[Message, set[str]]:
    """A text used once with and once without a plural is one entry, the one with the plural."""
    plurals = {(message.context, message.text): message for message in found if message.plural}
    joined: dict[Message, set[str]] = {}
    for message, files in found.items():
        joined.setdefault(plurals.get((message.context, message.text), message), set()).update(files)
    return joined


def read(path: Path) -> polib.POFile:
    """The catalogue at `path`, or an empty one."""
    return polib.pofile(str(path)) if path.exists() else polib.POFile()


def _known(catalogue: polib.POFile) -> dict[tuple[str, str], polib.POEntry]:
    return {(entry.msgctxt or "", entry.msgid): entry for entry in catalogue if not entry.obsolete}


def merge(found: dict[Message, set[str]], old: polib.POFile) -> polib.POFile:
    """A catalogue of exactly the texts found, with the translations already made."""
    known = _known(old)
    # no automatic wrapping: a changed word then changes one line
    merged = polib.POFile(wrapwidth=0)
    merged.metadata = dict(HEADER)
    for message, files in sorted(found.items(), key=lambda item: (min(item[1]), item[0])):
        entry = polib.POEntry(
            msgid=message.text,
            msgctxt=message.context or None,
            msgid_plural=message.plural,
            occurrences=[(name, "") for name in sorted(files)],
        )
        before = known.get((message.context, message.text))
        translated = (before.msgstr or before.msgstr_plural.get(0, "")) if before else ""
        if message.plural:
            entry.msgstr_plural = {0: translated}
        else:
            entry.msgstr = translated
        if before:
            entry.tcomment = before.tcomment
            entry.flags = [flag for flag in before.flags if flag == "fuzzy"]
        merged.append(entry)
    return merged


def update(root: Path, app: str) -> tuple[int, int]:
    """Rewrite an app's catalogue; returns how many texts it has and how many lack a translation."""
    path = catalogue_of(root, app)
    found = extract(root, app)
    if not found:
        path.unlink(missing_ok=True)
        return 0, 0
    merged = merge(found, read(path))
    path.parent.mkdir(parents=True, exist_ok=True)
    merged.save(str(path))
    return len(merged), len(merged.untranslated_entries())


def placeholders(text: str) -> set[str]:
    """The placeholders of a text; `%%` is a percent sign, not one."""
    return set(_PLACEHOLDER.findall(text.replace("%%", "")))


def _agree(entry: polib.POEntry) -> bool:
    """A plural form may leave out what only one of the English forms says."""
    translated = placeholders(entry.msgstr or entry.msgstr_plural.get(0, ""))
    if entry.msgid_plural:
        singular, plural = placeholders(entry.msgid), placeholders(entry.msgid_plural)
        return singular & plural <= translated <= singular | plural
    return translated == placeholders(entry.msgid)


def check(root: Path, app: str) -> Findings:
    """Compare an app's catalogue with its sources."""
    catalogue = read(catalogue_of(root, app))
    wanted = {(message.context, message.text) for message in extract(root, app)}
    known = _known(catalogue)
    result = Findings(app)
    result.missing = sorted(text for context, text in wanted - known.keys())
    result.obsolete = sorted(text for context, text in known.keys() - wanted)
    result.obsolete += [entry.msgid for entry in catalogue if entry.obsolete]
    for entry in known.values():
        if entry.fuzzy:
            result.fuzzy.append(entry.msgid)
        elif not (entry.msgstr or entry.msgstr_plural.get(0)):
            result.untranslated.append(entry.msgid)
        elif not _agree(entry):
            result.placeholders.append(entry.msgid)
    return result


def compile_catalogues(root: Path, apps: Iterable[str] | None = None) -> int:
    """Write the .mo beside every catalogue that is newer; returns how many were written."""
    written = 0
    for app in apps or apps_of(root):
        source = catalogue_of(root, app)
        target = source.with_suffix(".mo")
        if not source.exists():
            target.unlink(missing_ok=True)
            continue
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        draft = target.with_name(f".django-{os.getpid()}.mo")
        polib.pofile(str(source)).save_as_mofile(str(draft))
        draft.replace(target)
        written += 1
    return written
