"""The query language: whatever is typed is read, and what is printed reads the same."""

from hypothesis import example, given
from hypothesis import strategies as st

from portal.search import language
from portal.search.language import Term

NAMES = {"state": "state", "状态": "state", "created": "created", "创建": "created"}
ENGLISH, CHINESE = {"state": "state", "created": "created"}, {"state": "状态", "created": "创建"}
PIECES = st.sampled_from(
    ["state:", "状态：", "创建>", "created<=", "-", '"', "“", "”", ",", "，", " ", "\u3000", ":", ">", "=", "new",
     "state:new", "待处理", "ERP 系统", "http://x", "foo:bar", "\0", "\n", "1", "\\", "'", "%", "|&!()*"]
)  # fmt: skip
TYPED = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=14).map("".join))


@given(TYPED)
@example('foo:"a b')
@example('-foo:"state:new" x"state:new')
@example("- -- -\"\" ''")
@example("state:new,")
@example('-state:"",",x')
def test_whatever_is_typed_prints_to_text_with_the_same_meaning(text):
    terms = language.parse(text, NAMES)
    for labels in (ENGLISH, CHINESE):
        again = language.printed(terms, labels)
        assert language.parse(again, NAMES) == terms
        assert language.printed(language.parse(again, NAMES), labels) == again


@given(st.lists(st.builds(Term, st.tuples(st.sampled_from(["new", "ERP 系统", "a,b"])), st.sampled_from(["state"]))))
def test_values_with_blanks_and_commas_survive_in_quotes(terms):
    assert list(language.parse(language.printed(terms, CHINESE), NAMES)) == terms[: language.MOST_TERMS]


def test_both_languages_and_the_signs_of_an_input_method_say_the_same():
    wanted = (
        Term(("待处理", "new"), "state"),
        Term(("2026-11-01",), "created", ">"),
        Term(("登录 失败",), is_phrase=True),
        Term(("打印",), is_negated=True),
    )
    assert language.parse('state:待处理,new created>2026-11-01 "登录 失败" -打印', NAMES) == wanted
    assert language.parse("状态：待处理，new\u3000创建＞2026-11-01 “登录 失败” －打印", NAMES) == wanted


def test_what_only_looks_like_a_field_stays_a_word():
    assert language.parse("statsu:new 10:30 https://erp/", NAMES) == (
        Term(("statsu:new",)),
        Term(("10:30",)),
        Term(("https://erp/",)),
    )
    assert [language.looks_like_field(word) for word in ("statsu:new", "10:30", "https://erp/", "a:", "x")] == [
        "statsu", "", "", "", "",
    ]  # fmt: skip
