"""What requesters think of it, asked and answered through the real survey."""

import random
from datetime import timedelta

from catalog import services as catalog
from demo import days
from events.models import Event
from incidents import services as incidents
from problems import services as problems
from surveys import services as surveys
from surveys.models import Survey

ANSWERED = 0.46
CLOSED = ("incident.closed", "request.closed")
# Shares of the scores 1 to 5: after an ordinary repair, and after one that was late or had to be repeated.
CONTENT = (2, 4, 9, 30, 55)
ANNOYED = (20, 24, 26, 18, 12)
WORDS = {
    5: (("响应很快，十分钟就解决了，点赞！", "工程师很耐心，讲得很清楚。", "非常专业，谢谢张工。", "处理及时，没有耽误生产。", "比上次快多了。"),
        ("Very quick and friendly, thank you!", "Solved within minutes.")),
    4: (("问题解决了，速度还可以。", "总体满意，希望下次能提前告知进展。", "处理得不错，就是等待时间稍长。"),
        ("Good service, a little waiting.",)),
    3: (("解决了，但是来回问了几次。", "一般，转了两个组才有人处理。", "能用了，不过没说清楚原因。"),
        ("Solved, but I had to explain it twice.",)),
    2: (("等了快两天，中间没有人联系我。", "催了好几次才有人处理。", "刚修好又坏了，希望彻底解决。"),
        ("I had to ask several times before anybody answered.",)),
    1: (("严重影响月底结账，响应太慢了！", "同一个问题第三次报了，还是没有根治。", "关单前没有和我确认，问题根本没解决。"),
        ("Third time the same fault. Not acceptable.",)),
}  # fmt: skip


def housekeeping(calendar, at, begin, loud_from):
    """What the workers' sweeps do, once a working day: close what was not contradicted, ask how it was.

    `begin(at, life)` starts the life of each answer. Before `loud_from` nobody else plans the surveys.
    """
    rng = random.Random("housekeeping")
    last = 0
    while True:
        if calendar.is_open(at):
            incidents.close_confirmed()
            catalog.close_accepted()
            problems.close_observed()
            closed = Event.objects.filter(name__in=CLOSED, pk__gt=last, at__lt=loud_from).order_by("pk")
            for event in closed:
                surveys.plan(event)
                last = event.pk
            surveys.send_due()
            for survey in Survey.objects.filter(sent_at=at).select_related("ticket", "recipient").order_by("pk"):
                answer_at = at + timedelta(minutes=rng.randint(5, 60 * 30))
                if rng.random() < ANSWERED and survey.recipient.username != "li.na":
                    begin(answer_at, _answer(survey, random.Random(survey.ticket.number)))
        tomorrow = at.astimezone(days.ZONE).date() + timedelta(days=1)
        yield (at := days.instant(tomorrow, rng.choice((9, 10, 11, 14, 15, 16, 17)), rng.randrange(60)))


def _answer(survey, rng):
    ticket = survey.ticket.typed
    was_late = ticket.clocks.filter(kind="sla", is_breached=True).exists()
    score = rng.choices((1, 2, 3, 4, 5), ANNOYED if was_late or ticket.reopen_count else CONTENT)[0]
    chinese, english = WORDS[score]
    comment = rng.choice(english if survey.recipient.language == "en" else chinese)
    surveys.answer(survey, score=score, comment=comment if rng.random() < (0.85 if score < 3 else 0.4) else "")
    return
    yield
