"""How 星河制造 keeps its records right: yearly stock-taking, owners who confirm their devices, servers checked at random."""

from datetime import timedelta

from django.db.models import DateTimeField, DurationField, ExpressionWrapper, F, Value

from cmdb import services as cmdb
from cmdb.models import Attestation, ConfigurationItem
from cmdb.selectors import auditing

ANSWERED, OBJECTS_AT = 12, 7
DRAWN, CHECKED, WRONG_AT = 12, 9, 4


def going_on(world, until):
    """A life: a campaign on computers that many have answered, and an audit of servers that is nearly done."""
    _walk_round(until)
    manager = world.people["wang.fang"]
    campaign = cmdb.open_campaign(
        actor=manager,
        name=f"{until.year} 年终端盘点",
        due_on=(until + timedelta(days=12)).date(),
        item_classes=["desktop"],
    )
    audit = cmdb.draw_sample(
        actor=manager, name=f"{until.year} 年服务器抽样", size=DRAWN, item_classes=["server"], seed=until.year
    )
    yield until - timedelta(days=2)
    for number, one in enumerate(_answered(campaign, world.people["li.na"])):
        if number == OBJECTS_AT:
            cmdb.object_to_record(one, actor=one.item.owner, why="这台电脑上个月已退还")
        else:
            cmdb.confirm_records([one], actor=one.item.owner)
    yield until - timedelta(hours=30)
    _recorded_twice(world)
    yield until - timedelta(hours=26)
    checker = world.people["chen.hao"]
    for number, sample in enumerate(audit.samples.select_related("item__item_class")[:CHECKED]):
        findings = {key: "" for key, _name, _words in auditing.facts_to_check(checker, sample.item)}
        if number == WRONG_AT:
            findings["location"] = "在二号机房"
        cmdb.check_record(sample, actor=checker, findings=findings)


def _recorded_twice(world):
    """A printer that was taken for a new one when it moved: it waits on the board for somebody to merge the two."""
    printer = world.items["peripheral"][0]
    cmdb.create_item(
        actor=world.people["chen.hao"], item_class=printer.item_class, slug=f"{printer.slug}-moved", state="live",
        name_zh=printer.name_zh.replace(" ", "-"), name_en=printer.name_en.replace(" ", "-"),
        organisation=printer.organisation, support_team=printer.support_team, standalone="刚搬到新办公室",
    )  # fmt: skip
    cmdb.look_for_duplicates()


def _walk_round(until):
    """The last stock-taking: what was ever verified was seen again, one item after the other over half a year."""
    seen = ConfigurationItem.objects.filter(verified_at__isnull=False)
    days_ago = ExpressionWrapper((F("pk") % 200 + 3) * Value(timedelta(days=1)), output_field=DurationField())
    seen.update(verified_at=Value(until, DateTimeField()) - days_ago)


def _answered(campaign, waiting):
    """The first of those asked, but for the one who shall find it on her page today."""
    asked = Attestation.objects.filter(campaign=campaign).exclude(item__owner=waiting)
    return asked.select_related("item__owner")[:ANSWERED]
