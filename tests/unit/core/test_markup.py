"""Text from people is shown as they meant it and can do nothing."""

import pytest

from core.markup import to_document, to_html, to_steps


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


@pytest.mark.parametrize("shown", [to_html, lambda text: to_document(text)[0]])
def test_tasks_have_a_box_in_front_and_code_stays_as_it_is(shown):
    text = "- [ ] Stop the **queue**\n- [x] Tell the desk\n- [ ] \n- [a] choice\n\n```\n- [ ] example\n```"
    html = shown(text)
    assert '<li class="is-task">Stop the <strong>queue</strong></li>' in html
    assert '<li class="is-task is-done">Tell the desk</li>' in html
    assert '<li class="is-task"></li>' in html and "<li>[a] choice</li>" in html
    assert html.count("[ ]") == 1, "only the example still shows how it is written"
    assert to_steps(text) == ["Stop the queue", "Tell the desk"]


def test_a_picture_is_shown_by_a_name_with_blanks():
    pictures = {"Screenshot 2026 a.png": "/p/1", "图 (1).png": "/p/2", "b.png": "/p/3"}
    text = "![x <b>](Screenshot 2026 a.png)![](图 (1).png) ![b](b.png) ![gone](not here.png)"
    text += " `![x](Screenshot 2026 a.png)`"
    html = to_document(text, pictures)[0]
    assert '<img src="/p/1" alt="x &lt;b&gt;">' in html and 'src="/p/2"' in html and 'src="/p/3"' in html
    assert "not here" not in html and "gone" in html
    assert "<code>![x](Screenshot 2026 a.png)</code>" in html
