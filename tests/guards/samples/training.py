"""Skills, what people claim, and what they learn."""

from accounts import services as people
from accounts.models import Skill


def samples(cast, world):
    skill = Skill.objects.first()
    made = people.claim(skill, actor=cast.liu_yang, level=2, evidence="Two years of it")
    return {
        "training:person.pk": cast.chen_hao.pk,
        "training:forget.pk": cast.chen_hao.pk,
        "training:forget.skill": skill.pk,
        **dict.fromkeys(("training:confirm-claim.pk", "training:decline-claim.pk"), made.pk),
    }
