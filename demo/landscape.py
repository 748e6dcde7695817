"""How the things of 星河制造 hang together: sites, core switches in pairs, two clusters, storage, applications, services.

Made in bulk like the people: a company does not enter its whole landscape by hand either.
"""

from datetime import timedelta

from cmdb.models import ConfigurationItem, RedundancyGroup, Relation, RelationType
from cmdb.services.relating import ends
from core import clock
from demo import company

# (slug, class, team, Chinese, English, criticality)
MORE = (
    ("cl-erp", "cluster", "systems", "ERP 虚拟化集群", "ERP virtualisation cluster", 1),
    ("cl-db", "cluster", "database", "数据库集群", "Database cluster", 1),
    ("st-01", "storage", "systems", "全闪存储 1", "All-flash storage 1", 1),
    ("st-02", "storage", "systems", "近线存储 2", "Nearline storage 2", 2),
    ("bk-01", "backup", "systems", "备份系统", "Backup system", 2),
    ("ct-server", "contract", "systems", "服务器维保合同", "Server maintenance contract", 3),
    ("ct-line", "contract", "network", "专线租用合同", "Leased line contract", 2),
    ("app-erp", "application", "applications", "ERP 应用", "ERP application", 1),
    ("app-mes", "application", "applications", "MES 应用", "MES application", 1),
    ("app-mail", "application", "systems", "邮件系统", "Mail system", 1),
    ("app-oa", "application", "applications", "OA 应用", "OA application", 2),
    ("app-plm", "application", "applications", "PLM 应用", "PLM application", 2),
)
SERVED_BY = {
    "erp": ["app-erp"], "mes": ["app-mes"], "email": ["app-mail"], "oa": ["app-oa"], "plm": ["app-plm"],
    "files": ["st-02"], "network": ["sw-core-01"], "vpn": ["fw-01"], "reports": ["cl-db"],
}  # fmt: skip
# One service rests on another.
AMONG_SERVICES = (("mes", "erp"), ("erp", "account"), ("oa", "account"), ("vpn", "network"), ("printing", "network"))


def relate(organisation, teams, users, services, items):
    """Give the items owners, places and relations."""
    by_slug = {item.slug: item for rows in items.values() for item in rows} | services
    owner = users["wang.fang"]
    places = _places(organisation, owner, teams["it-operations"])
    by_slug |= _more(organisation, teams, owner, places["shanghai"])
    _describe(by_slug, owner, places)
    weaver = _Weaver(by_slug)
    _weave(weaver, items)
    Relation.objects.bulk_create(weaver.relations)


def _places(organisation, owner, team):
    made = ConfigurationItem.objects.bulk_create(
        ConfigurationItem(
            slug=f"site-{site.slug}", item_class_id="location", name_zh=site.name_zh, name_en=site.name_en,
            organisation=organisation, owner=owner, support_team=team, environment="office",
            standalone="A place",
        )
        for site in company.SITES
    )  # fmt: skip
    return {item.slug.removeprefix("site-"): item for item in made}


def _more(organisation, teams, owner, place):
    made = ConfigurationItem.objects.bulk_create(
        ConfigurationItem(
            slug=slug, item_class_id=item_class, name_zh=name_zh, name_en=name_en, criticality=criticality,
            organisation=organisation, support_team=teams[team], owner=owner, environment="production", location=place,
        )
        for slug, item_class, team, name_zh, name_en, criticality in MORE
    )  # fmt: skip
    return {item.slug: item for item in made}


def _describe(by_slug, owner, places):
    """Places, serial numbers and a look at the record some months ago, so that some of them are stale by now."""
    ring = list(places.values())
    for number, item in enumerate(by_slug.values()):
        office = item.item_class_id in ("desktop", "peripheral")
        item.environment = "office" if office else "production"
        if not office:
            item.owner = item.owner or owner
        item.used_by = item.owner if item.item_class_id == "desktop" else None
        item.location = item.location or ring[number % len(ring)]
        if item.item_class_id in ("server", "switch", "firewall", "storage", "desktop", "peripheral", "network"):
            item.values = {"serial_number": f"XH{number:06d}", "asset_tag": f"ZC-{number:05d}"}
            if not office:
                item.values["ip_address"] = f"10.{8 + number // 250}.{number % 250}.10"
            item.findable = " ".join(item.values.values())
        if number % 3:
            item.verified_at = clock.now() - timedelta(days=40 * (number % 6) + 3)
            item.verified_by, item.verified_how = owner, "现场盘点 / stock-taking"
    columns = ["environment", "owner", "used_by", "location", "values", "findable", "verified_at", "verified_by",
               "verified_how"]  # fmt: skip
    ConfigurationItem.objects.bulk_update(by_slug.values(), columns)


class _Weaver:
    """Collects relations between items by short name; what a small demo does not have is left out."""

    def __init__(self, by_slug):
        self.items, self.relations = by_slug, []
        self.verbs = {verb.slug: verb for verb in RelationType.objects.all()}

    def relate(self, source, verb, target, group=None):
        if source not in self.items or target not in self.items or source == target:
            return
        one, other, kind = self.items[source], self.items[target], self.verbs[verb]
        provider, dependant = ends(kind.impact, one.pk, other.pk)
        self.relations.append(Relation(
            source_id=one.pk, target_id=other.pk, relation_type=kind, provider_id=provider, dependant_id=dependant,
            group=group, origin="manual", created_at=clock.now(),
        ))  # fmt: skip

    def some_of(self, source, verb, targets, *, name, needed):
        """`source` needs only `needed` of `targets`."""
        present = [target for target in targets if target in self.items]
        if len(present) <= needed:
            group = None
        else:
            group = RedundancyGroup.objects.create(dependant_id=self.items[source].pk, name=name, needed=needed)
        for target in present:
            self.relate(source, verb, target, group)


def _weave(weaver, items):
    hosts = [item.slug for item in items["server"] if item.slug.startswith("srv-vm")]
    half = max(1, len(hosts) // 2)
    cores = [item.slug for item in items["switch"] if item.slug.startswith("sw-core")][:2]
    access = [item.slug for item in items["switch"] if item.slug.startswith("sw-acc")]
    for number, host in enumerate(hosts):
        weaver.some_of(host, "connects-to", [access[number % len(access)]], name="", needed=1)
        weaver.relate(host, "covered-by", "ct-server")
    for slug in (*access, "fw-01", "fw-02"):
        if slug in weaver.items:
            weaver.some_of(slug, "connects-to", cores, name="核心交换机对 / Core pair", needed=1)
    weaver.some_of("cl-erp", "runs-on", hosts[:half], name="ERP 宿主机 / ERP hosts", needed=max(1, half - 2))
    databases = [item.slug for item in items["database"]][:3]
    weaver.some_of("cl-db", "runs-on", databases, name="数据库节点 / Database nodes", needed=max(1, len(databases) - 1))
    for number, database in enumerate(databases):
        weaver.relate(database, "runs-on", (hosts[half:] or hosts)[number % max(1, len(hosts) - half)])
        weaver.relate(database, "stores-on", "st-01")
        weaver.relate(database, "backed-up-by", "bk-01")
    for app in ("app-erp", "app-mes", "app-plm", "app-oa"):
        weaver.relate(app, "runs-on", "cl-erp")
        weaver.relate(app, "depends-on", "cl-db")
    weaver.some_of("app-mail", "runs-on", ["srv-mail-01", "srv-mail-02"], name="邮件服务器 / Mail servers", needed=1)
    weaver.relate("bk-01", "stores-on", "st-02")
    for mail in ("srv-mail-01", "srv-mail-02"):
        weaver.some_of(mail, "connects-to", access[:1], name="", needed=1)
    for service, providers in SERVED_BY.items():
        for provider in providers:
            weaver.relate(service, "depends-on", provider)
    for service, other in AMONG_SERVICES:
        weaver.relate(service, "depends-on", other)
    for number, item in enumerate(items["desktop"] + items["peripheral"]):
        weaver.relate(item.slug, "connects-to", access[number % len(access)])
