"""What every new database starts with: the questions about risk and who decides on which score. All can be changed."""

# (short name, Chinese, English, answers: (points, Chinese, English))
QUESTIONS = (
    ("experience", "团队做过同样的变更吗？", "Has the team done the same before?", (
        (0, "经常做", "Often"), (2, "做过一两次", "Once or twice"), (4, "从未做过", "Never"))),
    ("rollback", "能在窗口内回退吗？", "Can it be taken back within the window?", (
        (0, "能，且演练过", "Yes, and it was rehearsed"), (2, "能，但未演练", "Yes, not rehearsed"),
        (5, "不能完整回退", "Not completely"))),
    ("tests", "在哪里测试过？", "Where was it tested?", (
        (0, "在与生产一致的环境", "In an environment like production"), (2, "在不同的环境", "In a different one"),
        (4, "未测试", "Nowhere"))),
    ("teams", "需要多少团队配合？", "How many teams must work together?", (
        (0, "一个", "One"), (1, "两到三个", "Two or three"), (3, "更多", "More"))),
    ("timing", "什么时候实施？", "When is it done?", (
        (0, "业务低谷且有值守", "At a quiet time, with people on duty"), (1, "业务低谷", "At a quiet time"),
        (4, "业务时间", "During business hours"))),
    ("security", "涉及安全控制或个人数据吗？", "Does it touch security controls or personal data?", (
        (0, "不涉及", "No"), (3, "涉及", "Yes"))),
)  # fmt: skip

# (from score, who is asked in order, Chinese, English)
ROUTES = (
    (1, ("peers",), "低", "Low"),
    (6, ("peers", "manager"), "中", "Medium"),
    (15, ("manager", "board"), "高", "High"),
)


def ship(question_model, route_model):
    """Write them. For a migration and for tests whose tables were emptied."""
    question_model.objects.bulk_create(
        question_model(
            slug=slug, name_zh=zh, name_en=en, position=10 * n,
            options=[{"points": points, "zh": answer_zh, "en": answer_en} for points, answer_zh, answer_en in answers],
        )
        for n, (slug, zh, en, answers) in enumerate(QUESTIONS, start=1)
    )  # fmt: skip
    route_model.objects.bulk_create(
        route_model(from_score=score, asked=list(asked), name_zh=zh, name_en=en) for score, asked, zh, en in ROUTES
    )
