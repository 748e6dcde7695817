"""Trees of causes: what is read and refused, what an outline does to them, what two people at once leave behind."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from problems.causes import Fault, Method, Node, State, Tree, dump, dumps, loads, merge, outline, parse
from problems.causes.drawing import drawn, svg
from problems.causes.outline import Row
from problems.causes.shapes import Box, Path, Text
from problems.causes.tree import Action, Evidence, EvidenceKind
from problems.causes.writing import markdown

words = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zs", "Zl", "Zp")), min_size=1, max_size=20)
evidence = st.builds(Evidence, kind=st.sampled_from(EvidenceKind.values), ref=words, text=words)


@st.composite
def trees(draw):
    method = draw(st.sampled_from(Method.values))
    count = iter(range(10_000))

    def node(depth):
        children = draw(st.integers(0, 3)) if depth < 3 else 0
        is_category = method == "fishbone" and depth == 0
        return Node(
            f"n{next(count)}", draw(words), "suspected" if is_category else draw(st.sampled_from(State.values)),
            note=draw(words), by="chen.hao", at="2026-03-31T08:00:00+00:00",
            evidence=tuple(draw(st.lists(evidence, max_size=2))),
            actions=tuple(Action(f"a{next(count)}", draw(words), "li.na", "2026-04-01") for _ in range(depth % 2)),
            children=tuple(node(depth + 1) for _ in range(children)),
        )  # fmt: skip

    return Tree(method, draw(words), tuple(node(0) for _ in range(draw(st.integers(0, 3)))))


@given(trees())
def test_what_is_exported_is_imported_as_the_identical_tree(tree):
    assert loads(dumps(tree)) == tree
    assert dumps(loads(dumps(tree))) == dumps(tree)


@given(trees())
def test_an_outline_says_the_same_tree(tree):
    assert outline.tree_of(outline.rows_of(tree), tree.method, tree.head, was=tree) == tree


@given(trees())
def test_who_changes_nothing_takes_over_what_the_other_did(tree):
    other = outline.tree_of([*outline.rows_of(tree), Row("", 0, "new")], tree.method, tree.head, was=tree)
    assert merge(tree, tree, other) == (other, [])
    assert merge(tree, other, tree) == (other, [])


def _tree(**changes):
    data = {"format": "root-cause-analysis", "version": 1, "method": "fishbone", "head": "It fails", "roots": []}
    return data | changes


def _deep(levels):
    node = {"id": f"n{levels}", "text": "x"}
    for n in range(levels - 1, -1, -1):
        node = {"id": f"n{n}", "text": "x", "children": [node]}
    return node


@pytest.mark.parametrize(
    ("data", "place"),
    [
        ([], ""),
        (_tree(format="other"), "format"),
        (_tree(version=True), "version"),
        (_tree(method="guess"), "method"),
        (_tree(head=" "), "head"),
        (_tree(roots={}), "roots"),
        (_tree(more=1), ""),
        (_tree(roots=[{"id": "a", "text": 3}]), "roots[0].text"),
        (_tree(roots=[{"id": "a", "text": "x", "state": "confirmed"}]), "roots[0].state"),
        (_tree(roots=[{"id": "a b", "text": "x"}]), "roots[0].id"),
        (_tree(roots=[{"id": "a", "text": "x", "at": "yesterday"}]), "roots[0].at"),
        (_tree(roots=[{"id": "a", "text": "x", "children": [{"id": "a", "text": "x"}]}]), "roots[0].children[0].id"),
        (_tree(roots=[{"id": "a", "text": "x", "evidence": [{"kind": "note"}]}]), "roots[0].evidence[0]"),
        (_tree(roots=[_deep(10)]), "roots[0]" + ".children[0]" * 9 + ".children"),
        (_tree(roots=[{"id": f"n{n}", "text": "x"} for n in range(301)]), "roots"),
    ],
)
def test_what_is_no_tree_is_refused_with_its_place(data, place):
    with pytest.raises(Fault) as refusal:
        loads(json.dumps(data))
    assert refusal.value.place == place and refusal.value.message


@pytest.mark.parametrize(
    "content",
    [
        b"", b"\xff\xfe", b"{", b"[" * 200_000, b'{"a":1,"a":2}', b'{"version":NaN}', b"9" * 9000, b" " * 1_000_001,
        b'{"format":"\\ud800"}',
    ],
)  # fmt: skip
def test_hostile_files_are_refused(content):
    with pytest.raises(Fault):
        loads(content)


def test_lone_surrogates_are_nothing_the_database_has_to_refuse():
    tree = parse(_tree(head="a\ud800b\0c"))
    assert tree.head == "a?bc" and loads(dumps(tree)) == tree


def _rows(text):
    return outline.tree_of(outline.rows_of_text(text), "whys", "It fails")


def test_rows_move_with_what_is_below_them():
    rows = outline.rows_of_text("a\n  b\n  c\nd")
    assert [row.text for row in outline.moved(rows, 3, -1)] == ["d", "a", "b", "c"]
    assert [row.text for row in outline.moved(rows, 1, 1)] == ["a", "c", "b", "d"]
    assert outline.moved(rows, 2, 1) == rows
    assert [row.depth for row in outline.indented(rows, 2)] == [0, 1, 2, 0]
    assert [row.depth for row in outline.outdented(rows, 1)] == [0, 0, 1, 0]
    assert [row.text for row in outline.added(rows, 0)] == ["a", "b", "c", "", "d"]
    assert [row.text for row in outline.removed(rows, 0)] == ["d"]


def test_changes_to_different_causes_both_survive():
    base = _rows("a\n  b\nc")
    a, b, c = (base.nodes()[key] for key in base.nodes())
    mine = base.with_node(Node(b.id, "b said better"))
    rows = outline.rows_of(base)
    theirs = outline.tree_of([*rows[:2], Row("", 1, "d"), *rows[2:]], "whys", "It fails", was=base)
    theirs = theirs.with_node(Node(c.id, "c", state="confirmed"))
    both, clashes = merge(base, mine, theirs)
    assert clashes == []
    assert [(depth, n.text, n.state) for depth, n in both.walk()] == [
        (0, "a", "suspected"), (1, "b said better", "suspected"), (1, "d", "suspected"), (0, "c", "confirmed"),
    ]  # fmt: skip
    assert a.id in both.nodes()


def test_both_saying_something_else_of_one_cause_is_told():
    base = _rows("a")
    key = base.roots[0].id
    both, clashes = merge(base, base.with_node(Node(key, "mine")), base.with_node(Node(key, "theirs")))
    assert [(clash.side, clash.mine, clash.theirs) for clash in clashes] == [("text", "mine", "theirs")]
    assert both.roots[0].text == "mine"


def test_what_one_removes_while_the_other_writes_on_it_stays():
    base = _rows("a\n  b")
    b = base.roots[0].children[0]
    both, clashes = merge(base, Tree("whys", "It fails"), base.with_node(Node(b.id, "b", note="seen twice")))
    assert [n.text for _depth, n in both.walk()] == ["a", "b"]
    assert [clash.side for clash in clashes] == ["removed"]


def test_two_moves_that_would_make_a_ring_leave_a_tree():
    base = _rows("a\nb")
    a, b = base.roots
    mine = outline.tree_of([Row(a.id, 0, "a"), Row(b.id, 1, "b")], "whys", "It fails", was=base)
    theirs = outline.tree_of([Row(b.id, 0, "b"), Row(a.id, 1, "a")], "whys", "It fails", was=base)
    both, clashes = merge(base, mine, theirs)
    assert sorted(both.nodes()) == sorted([a.id, b.id]) and clashes


def test_a_leaf_is_confirmed_where_nothing_below_explains_it_further():
    def with_states(top, below):
        return parse(_tree(method="whys", roots=[
            {"id": "a", "text": "x", "state": top, "children": [{"id": "b", "text": "y", "state": below}]}
        ]))  # fmt: skip

    assert with_states("suspected", "confirmed").has_confirmed_leaf()
    assert with_states("confirmed", "ruled_out").has_confirmed_leaf()
    assert not with_states("confirmed", "suspected").has_confirmed_leaf()


def _big(method, text):
    def node(key, depth):
        width = 6 if depth < 2 else 2
        below = () if depth == 4 else tuple(node(f"{key}-{n}", depth + 1) for n in range(width if depth else 6))
        return Node(f"n{key}", f"{text} {key}", state="suspected" if depth < 2 else "confirmed", children=below)

    return Tree(method, text * 3, tuple(node(str(n), 1) for n in range(6)))


def _overlaps(boxes):
    placed = sorted(boxes)
    return [
        (one, other)
        for n, one in enumerate(placed)
        for other in placed[n + 1 :]
        if other[0] < one[2] - 0.1 and one[1] < other[3] - 0.1 and other[1] < one[3] - 0.1
    ]


def _ribs(drawing):
    return [shape.points for shape in drawing.shapes if isinstance(shape, Path) and shape.kind in ("rib", "small-rib")]


def _crosses(line, box):
    """Whether a slanted line passes through a box, looked at pixel by pixel."""
    (x, y), (x2, y2) = line
    left, top, right, bottom = box
    steps = int(abs(y2 - y)) + 1
    places = [(x + (x2 - x) * n / steps, y + (y2 - y) * n / steps) for n in range(1, steps)]
    return any(left < px < right and top < py < bottom for px, py in places)


@pytest.mark.parametrize("method", Method.values)
@pytest.mark.parametrize(
    "text", ["核心交换机电源模块老化未更换，监控阈值设置过高", "The power supply was never replaced", "W" * 40]
)
def test_no_words_of_a_large_drawing_overlap(method, text):
    drawing = drawn(_big(method, text))
    boxes = [shape.box for shape in drawing.shapes if isinstance(shape, Text)]
    assert len(boxes) > 150 and _overlaps(boxes) == []
    left, top, right, bottom = drawing.box
    assert all(left <= x and top <= y and x2 <= right and y2 <= bottom for x, y, x2, y2 in boxes)
    assert [line for line in _ribs(drawing) for box in boxes if _crosses(line, box)] == []
    frames = [s for s in drawing.shapes if isinstance(s, Box)]
    assert _overlaps([(s.x, s.y, s.x + s.width, s.y + s.height) for s in frames]) == []


def test_a_drawing_is_an_image_with_a_name_and_its_words_are_only_words():
    tree = Tree("fishbone", "<script>alert(1)</script>", (Node("a", "人员", children=(Node("b", "\"'&<b>"),)),))
    picture = svg(tree, is_file=True)
    assert 'role="img"' in picture and "<title" in picture and "<desc" in picture
    assert "<script" not in picture and "<b>" not in picture


def test_markdown_says_everything_and_means_only_words():
    tree = parse(_tree(roots=[{"id": "a", "text": "Man", "children": [
        {"id": "b", "text": "*tired*", "state": "confirmed", "note": "seen\ntwice",
         "evidence": [{"kind": "ticket", "ref": "INC2026-000001", "text": "same"}],
         "actions": [{"id": "c", "text": "Rest", "owner": "li.na", "due": "2026-04-01"}]}]}]))  # fmt: skip
    assert markdown(tree).splitlines() == [
        "# Fishbone: It fails", "", "- Man", "  - **\\*tired\\*** (Confirmed)", "    - Note: seen twice",
        "    - Ticket: INC2026-000001: same", "    - Action: Rest (li.na, 2026-04-01)",
    ]  # fmt: skip
    assert parse(dump(tree)) == tree
