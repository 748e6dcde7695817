"""The rules for recurrences that every house begins with; managers change them."""

RULES = [
    {
        "basis": "item", "position": 10, "incidents": 5, "days": 14, "name_zh": "同一配置项反复出事",
        "name_en": "The same item again and again",
    },
    {
        "basis": "words", "position": 20, "incidents": 5, "days": 14, "name_zh": "同一服务反复出现类似故障",
        "name_en": "The same complaint about one service",
    },
    {
        "basis": "category", "position": 30, "incidents": 8, "days": 14, "name_zh": "同一服务同一分类集中报障",
        "name_en": "Many of one service and category",
    },
]  # fmt: skip


def ship(model) -> None:
    """Create what is not there yet, in the model given."""
    for values in RULES:
        model.objects.get_or_create(name_en=values["name_en"], defaults=values)
