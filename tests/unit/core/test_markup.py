"""Text from people is shown as they meant it and can do nothing."""

import pytest

from core.markup import to_html


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "![x](https://tracker.example/pixel.png)",
        "<a href='https://x.example' onclick='x()'>x</a>",
        "<svg onload=alert(1)>",
        "<style>*{display:none}</style>",
    ],
)
def test_nothing_that_runs_or_loads_survives(hostile):
    html = to_html(hostile).lower()
    for forbidden in ("<script", "<img", "<svg", "<style", 'href="javascript', 'href="data', "<a href='"):
        assert forbidden not in html


def test_markdown_and_line_ends_are_kept():
    html = to_html("第一行\n第二行 **重点**\n\n- 甲\n- 乙")
    assert "第一行<br>" in html
    assert "<strong>重点</strong>" in html
    assert html.count("<li>") == 2


def test_bare_addresses_become_links_without_the_punctuation_after_them():
    html = to_html("见 https://wiki.example/a?b=1。还有 `https://code.example` 和 https://x.example/y.")
    assert 'href="https://wiki.example/a?b=1"' in html
    assert 'href="https://x.example/y"' in html
    assert "<code>https://code.example</code>" in html
    assert html.count("<a ") == 2


def test_links_tell_nothing_about_the_reader():
    assert 'rel="noopener noreferrer nofollow"' in to_html("[x](https://x.example)")
