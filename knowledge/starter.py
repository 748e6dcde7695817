"""What every new database begins with: templates of articles, and the reviewer's checklist. Managers change them."""

from knowledge.vocabulary import Kind

# (kind, Chinese name, English name, months until it is looked at again, text in Chinese, text in English)
TEMPLATES = (
    (Kind.HOWTO, "操作指南", "How-to", 12,
     "## 适用范围\n\n\n## 操作步骤\n\n1. \n\n## 结果确认\n\n",
     "## When to use this\n\n\n## Steps\n\n1. \n\n## How to tell it worked\n\n"),
    (Kind.KNOWN_ERROR, "已知错误", "Known error", 6,
     "## 现象\n\n{symptom}\n\n## 影响范围\n\n\n## 原因\n\n{cause}\n\n## 临时解决办法\n\n{solution}\n",
     "## Symptom\n\n{symptom}\n\n## Who is affected\n\n\n## Cause\n\n{cause}\n\n## Workaround\n\n{solution}\n"),
    (Kind.FAQ, "常见问题", "FAQ", 12,
     "## 问题\n\n{symptom}\n\n## 回答\n\n{solution}\n",
     "## Question\n\n{symptom}\n\n## Answer\n\n{solution}\n"),
    (Kind.RUNBOOK, "运维手册", "Runbook", 6,
     "## 前提条件\n\n\n## 步骤\n\n- [ ] \n\n## 回退\n\n\n## 升级联系人\n\n",
     "## Before you start\n\n\n## Steps\n\n- [ ] \n\n## Rolling back\n\n\n## Whom to call\n\n"),
)  # fmt: skip

# (only for this kind, mandatory, Chinese, English)
QUESTIONS = (
    ("", True, "标题是否使用了读者查找时会用的说法？", "Does the title say it as somebody who looks for it would?"),
    ("", True, "步骤或结论是否由他人验证过？", "Has somebody else tried the steps, or checked what it says?"),
    ("", True, "是否不含口令、密钥和个人信息？", "Is it free of passwords, keys and personal data?"),
    ("", False, "截图和链接是否仍然有效？", "Are its pictures and links still right?"),
    (Kind.RUNBOOK, True, "是否写明了回退步骤和升级联系人？", "Does it say how to roll back and whom to call?"),
    (Kind.KNOWN_ERROR, False, "是否写明了受影响的范围？", "Does it say who is affected?"),
)


def ship(template_model, question_model):
    """Write them. For a migration and for tests whose tables were emptied."""
    template_model.objects.bulk_create(
        template_model(kind=kind, name_zh=zh, name_en=en, review_months=months, body_zh=body_zh, body_en=body_en)
        for kind, zh, en, months, body_zh, body_en in TEMPLATES
    )
    question_model.objects.bulk_create(
        question_model(kind=kind, is_mandatory=mandatory, position=place, name_zh=zh, name_en=en)
        for place, (kind, mandatory, zh, en) in enumerate(QUESTIONS, 1)
    )
