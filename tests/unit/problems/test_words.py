"""What a report is compared by: nothing is cut out of the middle of a word."""

import pytest

from problems.recurring.words import likeness, words_of


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ("申请开通", "申请"), ("成都仓", "成都"), ("费用单", "费用"), ("应用商店", "应用"), ("在线考试", "在线"),
        ("有线电话", "有线"), ("到货单", "到货"), ("归还资产", "归还"), ("个人盘", "个人"), ("定时任务", "定时"),
        ("主从切换", "主从"), ("处理器风扇", "=processor"),
    ],
)  # fmt: skip
def test_a_word_that_holds_a_small_character_stays_whole(said, word):
    assert word in words_of(said)


def test_small_words_make_nothing_alike():
    assert not words_of("请问我们的一个同事又怎么了")
    assert likeness(frozenset(words_of("仓库的电子秤又不准了")), frozenset(words_of("仓库电子秤不准"))) >= 0.8
