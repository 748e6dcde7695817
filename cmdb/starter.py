"""What every new database starts with: classes, their attributes, and the verbs between items. All can be changed."""

# (slug, parent, family, icon, stale after days, is abstract, Chinese, English)
CLASSES = (
    ("service", None, "service", "apps", 365, False, "业务服务", "Business service"),
    ("application", None, "application", "apps", 180, False, "应用系统", "Application"),
    ("platform", None, "platform", "server", 180, True, "平台", "Platform"),
    ("database", "platform", "platform", "server", 180, False, "数据库", "Database"),
    ("cluster", "platform", "platform", "server", 180, False, "集群", "Cluster"),
    ("infrastructure", None, "infrastructure", "server", 90, True, "基础设施", "Infrastructure"),
    ("server", "infrastructure", "infrastructure", "server", 90, False, "服务器", "Server"),
    ("virtual-machine", "infrastructure", "infrastructure", "server", 90, False, "虚拟机", "Virtual machine"),
    ("storage", "infrastructure", "infrastructure", "server", 180, False, "存储设备", "Storage"),
    ("network", None, "network", "wifi", 180, False, "网络设备", "Network device"),
    ("switch", "network", "network", "wifi", 180, False, "交换机", "Switch"),
    ("firewall", "network", "network", "shield-lock", 180, False, "防火墙", "Firewall"),
    ("workplace", None, "desktop", "device-desktop", 180, True, "终端与外设", "Workplace"),
    ("desktop", "workplace", "desktop", "device-laptop", 180, False, "电脑", "Desktop or laptop"),
    ("peripheral", "workplace", "desktop", "printer", 365, False, "打印机与外设", "Printer or peripheral"),
    ("security", None, "security", "shield-check", 180, False, "安全设备", "Security device"),
    ("backup", None, "backup", "archive", 180, False, "备份系统", "Backup system"),
    ("contract", None, "contract", "file", 365, False, "合同", "Contract"),
    ("location", None, "location", "home", 730, False, "位置", "Location"),
)

HARDWARE = ("infrastructure", "network", "workplace", "security", "backup")
# What inventory agents report of a machine; added after the first release (migration 0011).
COMPUTERS = ("infrastructure", "workplace")
UUID = ("system_uuid", "text", "", {}, "系统 UUID", "System UUID", "unique")
CORES = ("cores", "number", "", {}, "处理器核数", "Processor cores", "")
MEMORY = ("memory", "number", "GB", {}, "内存", "Memory", "")
_SERIAL = ("serial_number", "text", "", {}, "序列号", "Serial number", "recommended unique")
_TAG = ("asset_tag", "text", "", {}, "资产编号", "Asset tag", "recommended unique")
_ADDRESS = ("ip_address", "ip", "", {}, "IP 地址", "IP address", "")
_MAC = ("mac_address", "mac", "", {}, "MAC 地址", "MAC address", "")
_MODEL = ("model", "text", "", {}, "型号", "Model", "")
_WARRANTY = ("warranty_until", "date", "", {}, "保修至", "Warranty until", "")
_SYSTEM = ("operating_system", "text", "", {}, "操作系统", "Operating system", "")

# class: (key, kind, unit, choices, Chinese, English, flags)
ATTRIBUTES = {
    **dict.fromkeys(HARDWARE, (_SERIAL, _TAG, _MODEL, _ADDRESS, _MAC, _WARRANTY)),
    **dict.fromkeys(COMPUTERS, (_SERIAL, _TAG, _MODEL, _ADDRESS, _MAC, _WARRANTY, UUID)),
    "server": (
        CORES,
        MEMORY,
        _SYSTEM,
        ("rack", "text", "", {}, "机柜位置", "Rack position", ""),
    ),
    "virtual-machine": (_SYSTEM, CORES, MEMORY),
    "storage": (("capacity", "number", "TB", {}, "容量", "Capacity", ""),),
    "switch": (("ports", "number", "", {}, "端口数", "Ports", ""),),
    "platform": (
        ("product", "text", "", {}, "产品", "Product", "recommended"),
        ("product_version", "text", "", {}, "版本", "Version", ""),
        _ADDRESS,
    ),
    "application": (
        ("web_address", "url", "", {}, "访问地址", "Web address", ""),
        ("vendor", "text", "", {}, "供应商", "Vendor", ""),
        ("product_version", "text", "", {}, "版本", "Version", ""),
    ),
    "service": (
        ("recovery_time", "number", "h", {}, "恢复时间目标", "Recovery time objective", ""),
        ("data_class", "choice", "", {
            "public": ["公开", "Public"], "internal": ["内部", "Internal"], "secret": ["机密", "Confidential"],
        }, "数据分级", "Data classification", ""),
    ),
    "desktop": (_SYSTEM, ("is_encrypted", "boolean", "", {}, "磁盘已加密", "Disk encrypted", ""), CORES, MEMORY),
    "contract": (
        ("contract_number", "text", "", {}, "合同号", "Contract number", "recommended unique"),
        ("ends_on", "date", "", {}, "到期日", "Ends on", "recommended"),
        ("contact", "person", "", {}, "联系人", "Contact", ""),
    ),
    "location": (("address", "text", "", {}, "地址", "Address", ""),),
}  # fmt: skip

# (slug, impact, Chinese, English, Chinese and English the other way)
RELATION_TYPES = (
    ("depends-on", "reverse", "依赖", "depends on", "支撑", "supports"),
    ("runs-on", "reverse", "运行于", "runs on", "承载", "hosts"),
    ("connects-to", "reverse", "上联到", "is connected through", "下联", "connects"),
    ("member-of", "none", "属于集群", "is a member of", "包含成员", "has the member"),
    ("stores-on", "reverse", "存储于", "stores on", "为其提供存储", "stores the data of"),
    ("backed-up-by", "none", "备份到", "is backed up by", "备份", "backs up"),
    ("covered-by", "none", "由合同保障", "is covered by", "保障", "covers"),
    ("related-to", "none", "关联", "is related to", "关联", "is related to"),
)  # fmt: skip


def ship(item_class, attribute, relation_type) -> None:
    """Create what is not there yet, with the models given: those of a migration, or today's."""
    made = {}
    for slug, parent, family, icon, stale_after, is_abstract, name_zh, name_en in CLASSES:
        made[slug], _is_new = item_class.objects.get_or_create(
            slug=slug,
            defaults={
                "parent": made.get(parent), "family": family, "icon": icon, "stale_after": stale_after,
                "is_abstract": is_abstract, "name_zh": name_zh, "name_en": name_en,
            },
        )  # fmt: skip
    for slug, rows in ATTRIBUTES.items():
        for place, (key, kind, unit, choices, name_zh, name_en, flags) in enumerate(rows, start=1):
            attribute.objects.get_or_create(
                item_class=made[slug], key=key,
                defaults={
                    "kind": kind, "unit": unit, "choices": choices, "name_zh": name_zh, "name_en": name_en,
                    "is_recommended": "recommended" in flags, "is_unique": "unique" in flags, "position": 10 * place,
                },
            )  # fmt: skip
    for slug, impact, name_zh, name_en, reverse_zh, reverse_en in RELATION_TYPES:
        relation_type.objects.get_or_create(
            slug=slug,
            defaults={
                "impact": impact, "name_zh": name_zh, "name_en": name_en, "reverse_zh": reverse_zh,
                "reverse_en": reverse_en,
            },
        )  # fmt: skip
