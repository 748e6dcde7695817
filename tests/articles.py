"""Articles for tests: published through the real services."""

import html
import re
from datetime import date, timedelta

from core import clock
from knowledge import services as knowledge
from knowledge.models import Audience
from knowledge.selectors import standards

BODY = "## 步骤\n\n1. 打开 VPN 客户端\n2. 重新登录"


def everybody():
    return [Audience(kind="everybody")]


def staff():
    return [Audience(kind="staff")]


def of(organisation):
    return [Audience(kind="organisation", organisation=organisation)]


def within(department):
    return [Audience(kind="department", department=department)]


def in_a_year() -> date:
    return clock.now().date() + timedelta(days=365)


def drafted(cast, *, title="VPN 频繁掉线的处理", audience=None, language="zh-hans", **texts):
    """A draft by 张伟 about the e-mail service; `audience` is everybody unless told."""
    texts = {"body": BODY} | texts
    version = knowledge.write(
        actor=cast.zhang_wei, kind="howto", language=language, title=title, service=cast.email, **texts
    )
    knowledge.set_about(version.article, actor=cast.zhang_wei, audience=everybody() if audience is None else audience)
    return version


def checked(version, reviewer, **said):
    """The checklist answered with yes, except for what is `said` otherwise: q<key>=(answer, remark)."""
    asked = standards.questions_for(version.article)
    answers = {question.pk: said.get(f"q{question.pk}", ("yes", "")) for question in asked}
    return knowledge.check_quality(version, actor=reviewer, answers=answers)


def published(cast, **options):
    """The same, reviewed by 陈浩."""
    return publish(cast, drafted(cast, **options))


def publish(cast, version):
    version = knowledge.take_step(version, "submit", actor=cast.zhang_wei)
    checked(version, cast.chen_hao)
    return knowledge.take_step(version, "approve", actor=cast.chen_hao, values={"review_by": in_a_year()})


_LOOKED = re.compile(r'<form[^>]*action="([^"]+)" data-looked.*?name="words" value="([^"]*)".*?value="([^"]*)"', re.S)


def stand_still(client, page, **more):
    """Send what a page with a search or suggestions sends once it stands still, or its button with `then`."""
    answers = [
        client.post(address, {"words": html.unescape(words), "articles": keys} | more)
        for address, words, keys in _LOOKED.findall(page.content.decode())
    ]
    return answers[0] if answers else None
