"""What a column of a file, or a word of an agent, may mean: a fact of an item or one of its attributes.

A target is "key" (the source's own name of the item), "slug", "item_class", the name of a fact, "value_" and the key of
an attribute as in the item's form, or "relation_" and a verb for the items to which it stands in this relation
("reverse_": which stand so to it). Of the latter the value is a list of keys.
"""

import re

from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# They say which item is meant and never change.
IDENTITY = {
    "key": _("Number in the source"),
    "slug": _("Short name"),
    "item_class": _("Class"),
}
FACTS = {
    "name_zh": _("Chinese name"),
    "name_en": _("English name"),
    "owner": _("Owner"),
    "used_by": _("Used by"),
    "support_team": _("Support team"),
    "criticality": _("Criticality"),
    "environment": _("Environment"),
    "location": pgettext_lazy("item", "location"),
    "standalone": _("Why it stands alone"),
}
LINKS = ("owner", "used_by", "support_team", "location")
RELATION, REVERSE = "relation_", "reverse_"
# What an item holds that nobody said anything about.
UNSAID = {"criticality": 3}

# Headings one meets, beside the names in both languages.
_ALSO = {
    "key": ("id", "uuid of the record", "编号"),
    "slug": ("hostname", "host name", "host", "主机名", "计算机名", "设备编号"),
    "item_class": ("type", "kind", "ci type", "类型", "分类"),
    "name_zh": ("名称", "设备名称", "资产名称", "中文名"),
    "name_en": ("name", "display name", "英文名"),
    "owner": ("责任人", "owned by"),
    "used_by": ("user", "assigned to", "使用者", "领用人"),
    "support_team": ("team", "assignment group", "support group", "运维组", "支持组"),
    "environment": ("env", "所属环境"),
    "location": ("site", "place", "存放地点", "机房"),
    "value_serial_number": ("sn", "serial", "serial no", "serial number", "序列号", "出厂编号"),
    "value_asset_tag": ("asset no", "asset number", "tag", "资产号", "固定资产编号"),
    "value_ip_address": ("ip", "ip addr", "ipv4", "ip地址", "管理ip"),
    "value_mac_address": ("mac", "mac addr", "mac地址", "物理地址"),
    "value_model": ("规格型号", "product model"),
    "value_operating_system": ("os", "系统版本"),
    "value_memory": ("ram", "内存gb", "memory gb"),
    "value_cores": ("cpu", "cpu cores", "核数"),
    "value_warranty_until": ("warranty", "warranty end", "保修到期", "质保到期"),
}


def labels(attributes, verbs=()) -> dict:
    """{target: its name in the reader's language}: identity, facts, attributes in order, relations either way."""
    named = {name: str(label) for name, label in (IDENTITY | FACTS).items()}
    named |= {f"value_{one.key}": one.name for one in attributes}
    for verb in verbs:
        named[RELATION + verb.slug] = verb.name
        if verb.reverse != verb.name:
            named[REVERSE + verb.slug] = verb.reverse
    return named


def is_relation(target) -> bool:
    return target.startswith((RELATION, REVERSE))


def guess(columns, attributes, verbs=()) -> dict:
    """{column: target} for those columns whose heading is the name of a target in one of the languages."""
    known = {}
    for target, words in _ALSO.items():
        known |= {_plain(word): target for word in words}
    for language in ("en", "zh-hans"):
        with translation.override(language):
            known |= {_plain(word): target for target, word in labels(attributes, verbs).items()}
    known |= {_plain(target.removeprefix("value_")): target for target in labels(attributes)}
    offered, found = labels(attributes, verbs), {}
    for column in columns:
        target = known.get(_plain(column))
        if target in offered and target not in found.values():
            found[column] = target
    return found


def held(item, target):
    """What an item holds for a target, as it is stored: keys of rows for links; None for nothing.

    Relations must have been attached to it.
    """
    if is_relation(target):
        return item.related.get(target)
    if target.startswith("value_"):
        return item.values.get(target.removeprefix("value_"))
    value = getattr(item, f"{target}_id" if target in LINKS else target)
    return None if value == "" else value


def put(item, target, value) -> None:
    """Write a stored value into an item, in memory; None takes it away. Relations are rows of their own."""
    if is_relation(target):
        return
    if not target.startswith("value_"):
        empty = None if target in LINKS else UNSAID.get(target, "")
        setattr(item, f"{target}_id" if target in LINKS else target, empty if value is None else value)
    elif value is None:
        item.values.pop(target.removeprefix("value_"), None)
    else:
        item.values[target.removeprefix("value_")] = value


def _plain(word) -> str:
    """A heading without case, blanks, marks and what stands in brackets."""
    return re.sub(r"[\W_]+", "", re.sub(r"[(（\[].*$", "", str(word)).casefold())
