"""How 星河制造 brings in newcomers of the service desk: a reading path, one who finished it and one on the way."""

from datetime import timedelta

from core import clock
from knowledge import services as knowledge

PATH = {
    "name_zh": "一线服务台新人入门",
    "name_en": "New at the service desk",
    "purpose_zh": "入职第一周读完并通过测验，之后独立接单。",
    "purpose_en": "Read it in the first week and pass the questions, then take tickets alone.",
}
WELCOME = {
    "title_zh": "欢迎来到服务台",
    "title_en": "Welcome to the service desk",
    "text_zh": "## 一张工单的一天\n\n1. 三分钟内接单，先回复再排查\n2. 定优先级：影响 × 紧急程度\n3. 30 分钟没有头绪就升级，写清已经做过什么\n4. 解决后写明解决办法，必要时**沉淀成知识**",
    "text_en": "## A day of a ticket\n\n1. Take it within three minutes, answer first\n2. Priority is impact × urgency\n3. No lead after 30 minutes: escalate, and say what was done\n4. Write down what solved it",
}
# (text, answers with the right ones starred, why), each in Chinese and in English.
IDENTITY = (
    ("有人来电要求重置域账号密码，首先做什么？", "Somebody calls for a new password. What comes first?"),
    (("按来电人报的工号直接重置", "Reset it for the staff number they tell"),
     ("*回拨登记的号码核实身份", "*Verify them by calling back the number on file"),
     ("请对方把旧密码发邮件过来", "Ask for the old password by mail")),
    ("冒名来电是最常见的社会工程手段，登记号码回拨是制度要求。", "Impostors call often; calling back is the rule."),
)  # fmt: skip
ESCALATING = (
    ("哪些情况应当升级到二线？", "When is a ticket escalated to the second line?"),
    (("*30 分钟内没有头绪", "*No lead after 30 minutes"),
     ("*知识库写明由二线执行", "*The knowledge base says that the second line does it"),
     ("用户催促", "The requester urges")),
    ("催促走“催办”，不改变由谁处理。", "Urging is a nudge: it does not change who works on it."),
)  # fmt: skip
# Articles on the path, by their place among those that were written down: passwords, the VPN.
READ = (1, 0)


def teach(world, articles):
    """A life: the lead writes the path, one newcomer finishes it, another is half way."""
    lead = world.people["zhang.wei"]
    path = knowledge.keep_path(None, actor=lead, team=world.teams["service-desk"], days=7, valid_months=24, **PATH)
    knowledge.keep_step(path, None, actor=lead, minutes=5, **WELCOME)
    steps = [knowledge.keep_step(path, None, actor=lead, article=articles[place]) for place in READ]
    _ask(path, steps[0], IDENTITY, lead)
    _ask(path, None, ESCALATING, lead)
    path = knowledge.keep_path(path, actor=lead, is_active=True)
    yield clock.now() + timedelta(hours=2)
    first, second = (
        knowledge.give_path(path, world.people[login], actor=lead) for login in ("sun.lei", "he.xiaoyu")
    )  # fmt: skip
    yield clock.now() + timedelta(days=1)
    welcome = path.steps.first()
    knowledge.read_step(first, welcome, actor=first.user)
    knowledge.read_step(second, welcome, actor=second.user)
    _answer(first, steps[0], right=False)
    yield clock.now() + timedelta(days=1)
    _answer(first, steps[0])
    knowledge.read_step(first, steps[1], actor=first.user)
    _answer(first, None)


def _ask(path, step, written, actor):
    (zh, en), answers, (why_zh, why_en) = written
    options = [{"zh": a.lstrip("*"), "en": b.lstrip("*"), "is_right": a.startswith("*")} for a, b in answers]
    texts = {"text_zh": zh, "text_en": en, "explanation_zh": why_zh, "explanation_en": why_en}
    knowledge.keep_question(path, None, actor=actor, step=step, options=options, **texts)


def _answer(enrolment, step, *, right=True):
    questions = enrolment.path.questions.filter(step=step)
    answers = {one.pk: sorted(one.right) if right else [0] for one in questions}
    knowledge.answer(enrolment, step, actor=enrolment.user, answers=answers)
