"""Reading paths for tests: made through the real services."""

from knowledge import services as knowledge
from tests import articles

RIGHT = [
    {"zh": "直接回答密码", "en": "Tell the password", "is_right": False},
    {"zh": "先核实身份", "en": "Verify who it is first", "is_right": True},
]


def begun(cast, **values):
    """A path of 王芳 with an article to read and a text with one question after it; in use."""
    version = articles.published(cast, audience=articles.staff())
    path = knowledge.keep_path(None, actor=cast.wang_fang, name_zh="一线新人", name_en="First-line newcomers", **values)
    knowledge.keep_step(path, None, actor=cast.wang_fang, article=version.article)
    titles = {"title_zh": "密码重置", "title_en": "Resetting passwords"}
    told = titles | {"text_zh": "先核实身份。", "text_en": "Verify first."}
    step = knowledge.keep_step(path, None, actor=cast.wang_fang, **told)
    ask(cast, path, step=step)
    return knowledge.keep_path(path, actor=cast.wang_fang, is_active=True)


def ask(cast, path, *, step=None, options=RIGHT):
    texts = {"text_zh": "有人来电要求重置密码，怎么办？", "text_en": "Somebody calls for a new password. What now?"}
    why = {"explanation_zh": "冒名电话很常见。", "explanation_en": "Calls by impostors are common."}
    return knowledge.keep_question(path, None, actor=cast.wang_fang, step=step, options=options, **texts, **why)
