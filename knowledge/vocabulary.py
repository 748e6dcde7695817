"""Closed word lists of articles, and the words that say nothing about a matter."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    HOWTO = "howto", _("How-to")
    KNOWN_ERROR = "known_error", _("Known error")
    FAQ = "faq", _("FAQ")
    RUNBOOK = "runbook", _("Runbook")


class Told(models.IntegerChoices):
    """How much of an end ahead its person was told."""

    NOTHING = 0
    SOON = 1
    OVER = 2


class Language(models.TextChoices):
    CHINESE = "zh-hans", "简体中文"
    ENGLISH = "en", "English"


# Everybody who asks for help writes these; they tell nothing about which article would help.
_EMPTY = """
    怎么 么办 怎样 如何 无法 不能 不了 不到 不上 什么 为什 为何 一下 请问 帮忙 帮我 我的 我们 一直 现在 今天 昨天 问题
    出现 显示 提示 可以 需要 使用 进行 突然 总是 老是 还是 没有 已经 这个 那个 电脑 公司
    a an and are at be can cannot do does for from get has have help how i in is it my no not of on or our please since
    the this to today was we what when why with you
"""
EMPTY_WORDS = frozenset(_EMPTY.split())
