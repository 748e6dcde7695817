"""A catalogue for tests: one shelf, and items made by the real commands."""

from catalog import services
from catalog.models import RequestItem, ServiceCategory

LAPTOP_FORM = {
    "fields": [
        {"key": "reason", "kind": "long_text", "label": {"zh": "用途", "en": "What for"}, "required": True},
        {
            "key": "model",
            "kind": "choice",
            "label": {"zh": "型号", "en": "Model"},
            "required": True,
            "choices": [
                {"value": "light", "label": {"zh": "轻薄本", "en": "Light one"}},
                {"value": "strong", "label": {"zh": "工作站", "en": "Workstation"}},
            ],
        },
        {
            "key": "memory",
            "kind": "number",
            "label": {"zh": "内存", "en": "Memory"},
            "unit": "GB",
            "min": 8,
            "max": 128,
            "visible_if": [{"field": "model", "test": "is", "value": "strong"}],
            "required_if": [{"field": "model", "test": "is", "value": "strong"}],
        },
    ]
}
ANSWERS = {"reason": "新同事用", "model": "strong", "memory": 64}
MANAGER_THEN_OWNER = [
    {"name": {"zh": "直属上级", "en": "Line manager"}, "mode": "any", "who": [{"kind": "manager"}]},
    {"name": {"zh": "负责人", "en": "Owner"}, "mode": "any", "who": [{"kind": "owner"}]},
]
ORDER_THEN_HAND_OVER = [
    {"key": "order", "title": {"zh": "采购", "en": "Order it"}, "team": "network", "is_mandatory": True},
    {"key": "hand-over", "title": {"zh": "交付", "en": "Hand it over"}, "team": "service-desk", "after": ["order"]},
]


def offer(cast, slug="laptop", *, form=None, route=(), tasks=(), **details) -> RequestItem:
    """A published item of the catalogue, owned by 王芳 and fulfilled by the service desk."""
    shelf = ServiceCategory.objects.filter(slug="workplace").first() or services.save_category(
        actor=None, slug="workplace", name_zh="办公设备", name_en="Workplace"
    )
    given = {
        "name_zh": "申请笔记本电脑", "name_en": "A laptop", "category": shelf, "service": cast.erp,
        "owner": cast.wang_fang, "team": cast.desk, "priority": 3,
    }  # fmt: skip
    item = services.save_item(actor=None, slug=slug, **(given | details))
    services.save_route(item, list(route), actor=None)
    services.save_tasks(item, list(tasks), actor=None)
    services.publish_form(item, actor=None, definition=form or LAPTOP_FORM)
    item.refresh_from_db()
    return item
