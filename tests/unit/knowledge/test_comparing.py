"""Versions compared: by lines, and inside a line by words, in Chinese by characters."""

import time

from knowledge.selectors.comparing import Line, Part, difference, words_of_change


def test_chinese_is_compared_by_characters():
    [line] = difference("打开设置，选择“TCP”后重新连接", "打开设置，选择“UDP”后重新登录")
    assert line.how == "changed"
    assert line.parts == (
        Part("same", "打开设置，选择“"), Part("removed", "TCP"), Part("added", "UDP"), Part("same", "”后重新"),
        Part("removed", "连接"), Part("added", "登录"),
    )  # fmt: skip


def test_english_is_compared_by_words():
    parts = words_of_change("Restart the spooler service now", "Restart the print service now")
    assert [part for part in parts if part.how != "same"] == [Part("removed", "spooler"), Part("added", "print")]


def test_lines_with_little_in_common_stand_apart():
    assert difference("完全不同的一行", "Nothing alike") == [
        Line("removed", "完全不同的一行"), Line("added", "Nothing alike"),
    ]  # fmt: skip


def test_what_is_far_from_a_change_is_left_out():
    before = [str(n) for n in range(30)]
    after = [*before[:2], "two", *before[3:28], "twenty-eight", before[29]]
    how = [line.how for line in difference("\n".join(before), "\n".join(after))]
    assert how.count("gap") == 1
    assert how.count("same") == 9


def test_the_same_texts_show_nothing():
    assert difference("a\nb", "a\nb") == []


def test_lines_that_came_or_went_are_told_whole():
    assert difference("a", "a\n\nb") == [Line("same", "a"), Line("added", ""), Line("added", "b")]
    assert difference("a\nb", "a") == [Line("same", "a"), Line("removed", "b")]


def test_a_text_made_to_be_slow_is_compared_at_once():
    started = time.process_time()
    difference("\n" * 50_000, "\n" * 49_990 + "x")
    difference("\n".join(["甲 " * 500] * 50), "\n".join(["甲 " * 499 + "乙"] * 50))
    assert time.process_time() - started < 5
