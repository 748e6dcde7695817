"""Showing where words were found: every piece is escaped, only the marks are ours."""

import re

from django.utils.html import format_html, format_html_join

from core.text import is_han, runs

LENGTH = 160
BEFORE = 40


def marked(text, words):
    """`text` with each of `words` in <mark>, safe to print whatever it holds."""
    pattern, parts, end = _pattern(words), [], 0
    for found in pattern.finditer(text) if pattern else ():
        parts += [text[end : found.start()], format_html("<mark>{}</mark>", found[0])]
        end = found.end()
    return format_html_join("", "{}", [(part,) for part in [*parts, text[end:]]])


def snippet(texts, words):
    """The first of `texts` that holds one of `words`, cut to what stands around it and marked; empty when none does."""
    pattern = _pattern(words)
    for text in texts if pattern else ():
        if found := pattern.search(text):
            begin = max(0, found.start() - BEFORE)
            cut = " ".join(text[begin : begin + LENGTH].split())
            return marked(f"{'…' if begin else ''}{cut}{'…' if len(text) > begin + LENGTH else ''}", words)
    return ""


def _pattern(words):
    """What the search finds in a text: Han runs anywhere, Latin runs where a word begins."""
    wanted = dict.fromkeys(run for word in words for run in runs(word))
    ways = [re.escape(run) if is_han(run) else rf"(?<![^\W_]){re.escape(run)}" for run in wanted]
    return re.compile("|".join(ways), re.IGNORECASE) if ways else None
