"""Agreements for tests: one that two people negotiated, as far as a test needs it."""

from sla import services
from sla.models import Calendar
from sla.selectors.content import digest_of

PAUSING = ["caller", "vendor"]


def calendar(slug="office"):
    """Monday to Friday 09:00–18:00 in Shanghai with a lunch break: a day of 7 h 30 min."""
    found, is_new = Calendar.objects.get_or_create(slug=slug, defaults={"name_zh": "办公", "name_en": "Office"})
    if is_new:
        weekly = {str(day): [["09:00", "12:00"], ["13:30", "18:00"]] for day in range(1, 6)}
        services.publish_calendar(found, zone="Asia/Shanghai", weekly=weekly)
    return found


def promises(hours=(1, 8), priorities=(1, 2, 3, 4), calendar_slug="office"):
    """Rows for `set_targets`: response and resolution in so many hours, the same for every priority."""
    counted = calendar(calendar_slug)
    return [
        {
            "metric": metric, "priority": priority, "seconds": int(length * 3600), "calendar": counted,
            "thresholds": [50, 100], "pausing_reasons": PAUSING,
            "on_reopen": "final" if metric == "response" else "resume",
        }
        for metric, length in zip(("response", "resolution"), hours, strict=True)
        for priority in priorities
    ]  # fmt: skip


def draft(cast, *, slug="xinghe-sla", hours=(1, 8), **values):
    """A draft by 王芳 for 星河制造, which 赵敏 signs for the customer."""
    version = services.create_agreement(
        actor=cast.wang_fang, slug=slug, kind=values.pop("kind", "sla"), name_zh="星河", name_en="Xinghe",
        **({"customer": cast.xinghe} | values),
    )  # fmt: skip
    services.set_targets(version, promises(hours), actor=cast.wang_fang)
    return services.edit_version(version, actor=cast.wang_fang, other_signer=cast.zhao_min)


def negotiating(cast, **values):
    return services.take_step(draft(cast, **values), "send", actor=cast.wang_fang)


def submitted(cast, **values):
    return services.take_step(negotiating(cast, **values), "submit", actor=cast.wang_fang)


def sign(version, *people):
    """Each signs what the version says now."""
    version.refresh_from_db()
    for person in people:
        services.sign(version, actor=person, digest=digest_of(version))
    version.refresh_from_db()
    return version


def in_force(cast, **values):
    return sign(submitted(cast, **values), cast.wang_fang, cast.zhao_min)
