"""What is read out of letters, without a database."""

import pytest

from integrations.letters import Nature, read
from integrations.letters.markdown import markdown_of
from integrations.letters.quotes import reply_of
from tests.data.mail.bodies import CHINESE, QUOTATIONS, SIGNATURES, plain
from tests.data.mail.containers import PIXEL, multi, part, text, tnef
from tests.data.mail.writing import letter


@pytest.mark.parametrize(("program", "quotation"), QUOTATIONS, ids=[name for name, _ in QUOTATIONS])
def test_reply_is_what_stands_above_the_quotation(program, quotation):
    assert reply_of(f"新的话\nNEW WORDS\n\n{quotation}") == "新的话\nNEW WORDS"


@pytest.mark.parametrize("signature", SIGNATURES)
def test_signature_is_no_part_of_a_reply(signature):
    assert reply_of(f"NEW WORDS\n\n{signature}") == "NEW WORDS"


def test_answers_between_the_quoted_lines_are_all_kept():
    quoted = "On Monday, IT wrote:\n> Which model?\nM404\n> Which floor?\n二楼"
    assert reply_of(quoted) == "M404\n二楼"


def test_answer_below_the_quotation_is_found():
    assert reply_of("> Which model?\n> Thanks\n\nM404") == "M404"


def test_letter_of_nothing_but_a_quotation_is_kept_whole():
    assert "old" in reply_of("-----Original Message-----\nold")


@pytest.mark.parametrize(
    "words", ["- one\n- two", "From: here to there", "On Monday it broke", "谢谢，\n还有一个问题", "a -- b"]
)
def test_own_words_that_look_like_marks_are_kept(words):
    assert reply_of(words) == words


def test_html_quotations_are_cut_where_the_program_marks_them():
    for mark in ('class="gmail_quote"', 'id="isReplyContent"', 'id="divRplyFwdMsg"', 'class="moz-cite-prefix"'):
        found = read(plain(f"<div>NEW</div><div {mark}>old</div>".encode(), label="utf-8", kind="text/html"))
        assert found.reply == "NEW" and "old" in found.text


def test_html_becomes_markdown():
    html = "<h2>T</h2><p>a <b>b</b> <i>c</i><br>d</p><pre>x  y</pre><blockquote>q</blockquote><ul><li>1</li></ul>"
    assert markdown_of(html) == "## T\n\na **b** *c*\nd\n\n```\nx  y\n```\n> q\n- 1"


def test_longest_html_is_read_in_a_moment():
    assert markdown_of("<div><a href=x>" * 50_000).count("x") >= 0


def test_names_in_many_writings():
    found = read(letter('"李, 娜" <Li.Na@Xinghe.example>', subject="打印机"))
    assert found.sender == ("李, 娜", "li.na@xinghe.example") and found.subject == "打印机"


def test_picture_in_the_text_comes_along_as_a_file():
    picture = part("image/png", PIXEL, name="shot.png", disposition="inline", more="Content-ID: <p1>\r\n")
    found = read(multi("related", text('<img src="cid:p1">look', "text/html"), picture))
    assert [file.name for file in found.files] == ["shot.png"] and found.files[0].content == PIXEL


def test_winmail_dat_is_unpacked():
    found = read(multi("mixed", text("see"), part("application/ms-tnef", tnef(), name="winmail.dat")))
    assert [(file.name, file.content) for file in found.files] == [("plan.txt", b"the plan")]


def test_winmail_dat_that_cannot_be_opened_is_kept():
    found = read(multi("mixed", text("see"), part("application/ms-tnef", b"\xff" * 9, name="winmail.dat")))
    assert [file.name for file in found.files] == ["winmail.dat"]


def test_parts_beyond_the_limit_are_named():
    found = read(multi("mixed", *[part("text/plain", b"x", name=f"{n}.txt") for n in range(60)]))
    assert len(found.files) == 50 and "59.txt" in found.left_out


def test_report_names_the_mail_and_the_reason():
    status = (
        b"Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx\r\n\r\n"
        b"Final-Recipient: rfc822; Li.Na@xinghe.example\r\nAction: failed\r\nStatus: 5.1.1\r\n"
        b"Diagnostic-Code: smtp; 550 no such user\r\n"
    )
    head = b"Content-Type: message/rfc822\r\n\r\nMessage-ID: <sent@us>\r\nSubject: x\r\n\r\nbody"
    report = read(multi("report", text("Sorry"), status, head)).report
    assert (report.address, report.status, report.is_final) == ("li.na@xinghe.example", "5.1.1", True)
    assert report.message_ids[-1] == "<sent@us>" and "no such user" in report.reason


def test_report_of_a_delay_is_not_final():
    status = b"Content-Type: message/delivery-status\r\n\r\nX: y\r\n\r\nAction: delayed\r\nStatus: 4.4.1\r\n"
    assert not read(multi("report", text("later"), status)).report.is_final


def test_nothing_at_all_is_a_letter_with_a_fault():
    found = read(b"")
    assert found.fault == "no sender" and found.message_id and found.nature == Nature.PERSON


def test_letter_of_sixty_megabytes_is_not_opened():
    assert read(b"a" * (60 * 1024 * 1024)).fault == "larger than 50 MB"


def test_chinese_is_read_under_every_usual_label():
    for label in ("gb2312", "GBK", "gb18030", "", "us-ascii", "iso-8859-1", "x-made-up"):
        assert read(plain(CHINESE.encode("gb18030"), label=label)).text == CHINESE, label
