"""Whatever bytes arrive, reading them ends, raises nothing, and gives the same twice."""

from hypothesis import given, settings
from hypothesis import strategies as some

from integrations.letters import Letter, read
from integrations.letters.markdown import markdown_of
from integrations.letters.quotes import reply_of
from tests.data.mail.corpus import cases

LETTERS = [case.raw for case in cases() if len(case.raw) < 20_000]
BITS = some.binary(max_size=12) | some.sampled_from(
    [
        b"\r\n",
        b"\r\n\r\n",
        b"--b",
        b"=?gb2312?B?",
        b"?=",
        b"\0",
        b"\xff\xfe",
        b"Content-Type: ",
        b"boundary=",
        b"charset=",
        b"<",
        b">",
    ]
)


@given(
    letter=some.sampled_from(LETTERS),
    places=some.lists(some.tuples(some.floats(0, 1), some.integers(0, 40), BITS), max_size=8),
)
@settings(max_examples=300, deadline=None)
def test_letter_with_bytes_changed_is_read_or_named_unreadable(letter, places):
    raw = bytearray(letter)
    for where, length, bits in places:
        start = int(where * len(raw))
        raw[start : start + length] = bits
    found = read(bytes(raw))
    assert isinstance(found, Letter) and found.message_id and read(bytes(raw)) == found
    assert "\n" not in found.subject and "\r" not in found.sender.name


@given(raw=some.binary(max_size=3000))
@settings(max_examples=200, deadline=None)
def test_bytes_of_any_kind_are_read_or_named_unreadable(raw):
    assert isinstance(read(raw), Letter)


@given(words=some.text(max_size=2000))
@settings(max_examples=150, deadline=None)
def test_text_and_html_of_any_kind_are_read(words):
    assert isinstance(reply_of(words), str)
    assert "<script" not in markdown_of(f"<p>{words}<script>x</script>").lower() or "<script" in words.lower()
