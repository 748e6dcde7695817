"""A staff directory from a file: what it would do is shown by the code that does it; nobody leaves by a file."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook

from accounts import services
from accounts.directory_columns import guessed
from accounts.models import Department, DirectoryImport, User
from accounts.services import directory
from core.errors import InvalidInput, NotAllowed, Refused
from events.models import Event

pytestmark = pytest.mark.django_db
HEADINGS = "工号,姓名,邮箱,部门,直属上级,部门负责人,职位"
FILE = f"""{HEADINGS}
X1001,李娜,li.na@xinghe.example,财务部,X2001,,成本会计
X2001,周敏,zhou.min@xinghe.example,总部/财务中心,,是,财务总监
X2002,周敏,,总部/财务中心/出纳组,X2001,否,出纳
"""


def planned(cast, text=FILE, **options):
    content = text if isinstance(text, bytes) else text.encode("gb18030")
    run = directory.upload(actor=cast.admin, organisation=cast.xinghe, name="花名册.csv", content=content)
    directory.map_columns(run, options.get("columns") or guessed(directory.sheet_of(run).columns), actor=cast.admin)
    directory.work(run.pk)
    run.refresh_from_db()
    return run


def applied(cast, text=FILE):
    run = planned(cast, text)
    directory.order_apply(run, actor=cast.admin)
    directory.work(run.pk)
    run.refresh_from_db()
    return run


def lines(run, verdict):
    return {line.number: line for line in run.lines.filter(verdict=verdict)}


@pytest.mark.parametrize(
    ("heading", "target"),
    [("工号", "staff_number"), ("Employee ID", "staff_number"), ("E-mail", "email"), ("直属上级", "manager"),
     ("Job title", "title"), ("所属部门", "department"), ("sAMAccountName", "username"), ("备注", None)],
)  # fmt: skip
def test_headings_are_guessed(heading, target):
    assert guessed([heading]).get(heading) == target


def test_checking_shows_and_writes_nothing(cast):
    before = User.objects.count(), Department.objects.count(), Event.objects.filter(name="user.created").count()
    run = planned(cast)
    assert (run.state, run.counts["create"], run.counts["update"], run.counts["departments"]) == ("planned", 2, 1, 3)
    assert lines(run, "update")[2].diff == {"title": ["", "成本会计"], "manager": ["", "周敏"]}
    after = User.objects.count(), Department.objects.count(), Event.objects.filter(name="user.created").count()
    assert before == after


def test_applying_does_what_was_shown_and_twice_changes_nothing(cast):
    shown = [(line.number, line.verdict, line.diff) for line in planned(cast).lines.all()]
    run = applied(cast)
    assert run.state == "applied"
    assert [(line.number, line.verdict, line.diff) for line in run.lines.all()] == shown
    chief, clerk = User.objects.get(staff_number="X2001"), User.objects.get(staff_number="X2002")
    assert (clerk.manager, clerk.department.name_zh, clerk.department.parent.name_zh) == (chief, "出纳组", "财务中心")
    assert chief.department.head == chief and chief.department.parent.name_zh == "总部"
    assert (chief.username, clerk.username, clerk.roles) == ("zhou.min", "zhou.min2", ["requester"])
    again = applied(cast)
    assert (again.counts["same"], again.counts["create"], again.counts["update"]) == (3, 0, 0)


def test_wrong_lines_are_told_by_number_and_stop_no_other(cast):
    text = f"""{HEADINGS}
X1001,李娜,zhang.wei@xinghe.example,,,,
,,new@xinghe.example,,,,
X3,"王五",not-an-address,,,,
X4,赵六,,财务部,nobody,也许,
X4,赵六,,,,,
,无名,,,,,
"""
    run = applied(cast, text)
    wrong = {number: line.message for number, line in lines(run, "error").items()}
    assert set(wrong) == {2, 3, 4, 6, 7}, "the last one would be made anew by every file"
    assert "张伟" in wrong[2] and "5" in wrong[6]
    assert "nobody" in lines(run, "create")[5].message
    assert User.objects.filter(staff_number="X4").exists() and not User.objects.filter(staff_number="X3").exists()


def test_people_of_other_organisations_are_left_alone(cast):
    run = applied(cast, "邮箱,职位\nqian.duo@other.example,Boss\n")
    assert run.counts["error"] == 1 and User.objects.get(pk=cast.stranger.pk).title == ""


def test_who_is_missing_is_proposed_and_stays(cast, settings):
    settings.DIRECTORY_MISSING_SHARE = 50
    for n, person in enumerate((cast.zhao_min, cast.zhang_wei, cast.chen_hao)):
        User.objects.filter(pk=person.pk).update(staff_number=f"X20{n}")
    three = "工号,姓名\nX1001,李娜\nX200,赵敏\nX201,张伟\n"
    run = applied(cast, three)
    assert [line.person for line in run.lines.filter(verdict="missing")] == [cast.chen_hao]
    assert User.objects.get(pk=cast.chen_hao.pk).is_active
    part = planned(cast, "工号,姓名\nX1001,李娜\n")
    assert not part.lines.filter(verdict="missing").exists() and part.counts["share"] == 75


def test_what_changed_meanwhile_is_shown_again(cast):
    run = planned(cast)
    services.update_person(cast.li_na, actor=cast.admin, title="出纳")
    directory.order_apply(run, actor=cast.admin)
    directory.work(run.pk)
    run.refresh_from_db()
    assert run.state == "planned" and run.problem
    assert lines(run, "update")[2].diff["title"] == ["出纳", "成本会计"]
    assert not User.objects.filter(staff_number="X2001").exists()


def test_workbooks_and_bad_files(cast):
    book = Workbook()
    for row in (["Employee ID", "Full name", "Title"], ["X1001", "李娜", "会计"]):
        book.active.append(row)
    stored = io.BytesIO()
    book.save(stored)
    assert planned(cast, stored.getvalue()).counts["update"] == 1
    with pytest.raises(InvalidInput):
        directory.upload(actor=cast.admin, organisation=cast.xinghe, name="x", content=b"\x00\xff\xfe\x01")
    with pytest.raises(NotAllowed):
        directory.upload(actor=cast.wang_fang, organisation=cast.xinghe, name="x", content=FILE.encode())


def test_columns_are_checked(cast):
    for columns in ({"姓名": "name"}, {"工号": "staff_number", "姓名": "staff_number"}, {"工号": "password"}):
        with pytest.raises(InvalidInput):
            planned(cast, columns=columns)


def test_a_run_over_is_not_applied_again(cast):
    run = applied(cast)
    for act in (directory.order_apply, directory.discard):
        with pytest.raises(Refused):
            act(run, actor=cast.admin)


def test_pages_lead_from_the_file_to_the_people(cast, client, settings, tmp_path):
    client.force_login(cast.admin)
    url = reverse("accounts:directories")
    assert client.post(url, {"organisation": cast.xinghe.pk}).status_code == 422
    upload = SimpleUploadedFile("花名册.csv", FILE.encode("gb18030"))
    answer = client.post(url, {"organisation": cast.xinghe.pk, "file": upload})
    page = client.get(answer["Location"]).content.decode()
    assert "成本会计" in page
    named = {f"column_{n}": one for n, one in enumerate(guessed(HEADINGS.split(",")).values())}
    wrong = client.post(answer["Location"], {"column_1": "name"})
    assert wrong.status_code == 422
    shown = client.post(answer["Location"], named)
    page = client.get(shown["Location"]).content.decode()
    assert "出纳组" in page and "周敏" in page
    run = DirectoryImport.objects.get()
    client.post(reverse("accounts:directory_act", args=[run.pk, "apply"]))
    assert User.objects.filter(staff_number="X2002").exists()
    assert client.get(shown["Location"]).status_code == 200
    assert client.get(url).status_code == 200
    client.force_login(cast.wang_fang)
    assert client.get(shown["Location"]).status_code == 403
