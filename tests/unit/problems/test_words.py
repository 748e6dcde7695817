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


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("键盘好几个键坏了", "Keyboard stopped working"), ("插U盘没反应", "Pen drive not detected"),
        ("邮箱容量已超限，发不了邮件", "Mailbox over its limit, cannot send"),
        ("共享盘没权限", "Access denied on the share"),
        ("Lamp flickers", "Lamp flickering"), ("耳机听不见声音", "No sound in the headset"),
    ],
)  # fmt: skip
def test_one_fault_in_other_words_or_the_other_language_is_alike(ours, theirs):
    assert likeness(frozenset(words_of(ours)), frozenset(words_of(theirs))) >= 0.45


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [("摄像头打不开", "插U盘没反应"), ("Keyboard frozen", "Excel freezes"), ("审批超时", "Backup timed out")],
)
def test_two_things_that_fail_in_one_way_are_not_alike(ours, theirs):
    assert likeness(frozenset(words_of(ours)), frozenset(words_of(theirs))) < 0.45


def test_one_thing_with_another_fault_is_less_alike():
    slow, down, too = (frozenset(words_of(said)) for said in ("开票太慢", "开票系统中断", "Invoicing is slow"))
    assert likeness(slow, down) < 0.45 < likeness(slow, too)
