"""A copy of everything about somebody, and their being forgotten while the ledger stays whole."""

import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

from accounts import services
from accounts.models import Erasure, PersonalExport, User
from accounts.rules import Role
from accounts.services import privacy
from catalog import services as catalog
from catalog.models import AnswerVersion
from core import clock
from core.errors import InvalidInput, NotAllowed, Refused
from core.identity import Identity
from events import services as events
from events.models import Event
from incidents import services as incidents
from notifications.models import Mail
from tests.cast import person
from tests.offers import ANSWERS, offer
from tickets import services as tickets
from tickets.models import Comment, Ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def second(cast):
    return person("second.admin", "另一位", cast.xinghe, Role.ADMINISTRATOR)


@pytest.fixture
def told(cast, deliver):
    """李娜 raised a ticket with her number and address in it, and others spoke of her."""
    ticket = incidents.report_incident(
        actor=cast.li_na,
        title="李娜 无法登录",
        description="请回电 13800138000，li.na@xinghe.example",
        service=cast.erp,
    )
    tickets.comment(ticket, actor=cast.zhang_wei, body="已致电李娜 (X1001)，Li Na 不在", is_internal=False)
    tickets.comment(
        ticket, actor=cast.li_na, body="thanks", is_internal=False, uploads=[SimpleUploadedFile("截图.txt", b"screen")]
    )
    item = offer(cast, organisations=[cast.xinghe])
    catalog.submit(item, actor=cast.li_na, answers=ANSWERS | {"reason": "给李娜用"})
    deliver()
    return ticket


def leave(cast):
    services.deactivate(cast.li_na, actor=cast.admin)
    return User.objects.get(pk=cast.li_na.pk)


def archive(export):
    export.refresh_from_db()
    with export.file.open("rb") as stored:
        return zipfile.ZipFile(io.BytesIO(stored.read()))


def status(client, url):
    response = client.get(url)
    if response.streaming:
        assert b"".join(response.streaming_content)  # Read to its end, the file is closed.
    return response.status_code


def test_the_copy_holds_everything_that_points_to_the_person_and_no_secret(cast, told):
    services.issue_token(cast.li_na, "my token", ["read"], actor=cast.li_na)
    export = privacy.ask_export(cast.li_na, actor=cast.li_na)
    assert privacy.ask_export(cast.li_na, actor=cast.li_na) == export, "asked twice is once"
    assert privacy.make_exports() == 1 and privacy.make_exports() == 0
    packed = archive(export)
    data = json.loads(packed.read("data.json"))
    assert data["accounts.User"][0]["email"] == "li.na@xinghe.example"
    assert {"tickets.Ticket", "tickets.Comment", "tickets.Attachment", "events.Event", "accounts.ApiToken"} <= set(data)
    assert [row["body"] for row in data["tickets.Comment"]] == ["thanks"], "words of others are theirs"
    text = packed.read("data.json").decode()
    assert "argon2" not in text and '"digest"' not in text and "search_vector" not in text
    assert any(name.startswith("files/tickets.Attachment/") for name in packed.namelist())


def test_only_oneself_and_administrators_get_it_and_only_for_a_week(cast, client, told):
    with pytest.raises(NotAllowed):
        privacy.ask_export(cast.li_na, actor=cast.wang_fang)
    client.force_login(cast.li_na)
    assert client.post(reverse("accounts:privacy")).status_code == 302
    export = PersonalExport.objects.get()
    url = reverse("accounts:export", args=[export.pk])
    assert status(client, url) == 404, "not ready"
    privacy.make_exports()
    assert status(client, url) == 200 and client.get(reverse("accounts:privacy")).status_code == 200
    for other, expected in ((cast.zhao_min, 404), (cast.wang_fang, 404), (cast.admin, 200)):
        client.force_login(other)
        assert status(client, url) == expected
    PersonalExport.objects.update(expires_at=clock.now() - timedelta(seconds=1))
    assert status(client, url) == 404
    stored = PersonalExport.objects.get().file
    privacy.make_exports()
    assert not stored.storage.exists(stored.name) and PersonalExport.objects.get().state == "expired"


def test_erasing_takes_two_administrators(cast, second, told):
    with pytest.raises(Refused):
        privacy.ask_erasure(cast.li_na, actor=cast.admin, reason="asked for")
    gone = leave(cast)
    with pytest.raises(NotAllowed):
        privacy.ask_erasure(gone, actor=cast.wang_fang, reason="asked for")
    with pytest.raises(InvalidInput):
        privacy.ask_erasure(gone, actor=cast.admin, reason=" ")
    erasure = privacy.ask_erasure(gone, actor=cast.admin, reason="asked for")
    with pytest.raises(Refused):
        privacy.ask_erasure(gone, actor=second, reason="again")
    with pytest.raises(NotAllowed):
        privacy.decide_erasure(erasure, actor=cast.admin, grant=True)
    assert User.objects.get(pk=gone.pk).name == "李娜"
    privacy.decide_erasure(erasure, actor=second, grant=True)
    with pytest.raises(Refused):
        privacy.decide_erasure(erasure, actor=second, grant=True)
    assert Erasure.objects.get().state == "done"


def test_a_legal_hold_keeps_everything(cast, second, told):
    gone = leave(cast)
    erasure = privacy.ask_erasure(gone, actor=cast.admin, reason="asked for")
    privacy.hold(gone, actor=cast.admin, reason="court 12/2026")
    with pytest.raises(Refused) as refused:
        privacy.decide_erasure(erasure, actor=second, grant=True)
    assert "court 12/2026" in str(refused.value)
    privacy.hold(gone, actor=cast.admin, reason="")
    privacy.decide_erasure(erasure, actor=second, grant=True)


def test_nothing_names_them_any_more_and_the_ledger_verifies(cast, second, told):
    namesake = incidents.report_incident(actor=cast.zhao_min, title="与李娜同名的会议室", service=cast.erp)
    gone = leave(cast)
    erasure = privacy.ask_erasure(gone, actor=cast.admin, reason="李娜 asked for it")
    privacy.decide_erasure(erasure, actor=second, grant=True)
    gone.refresh_from_db()
    assert (gone.email, gone.phone, gone.staff_number, gone.location) == ("", "", "", "")
    assert gone.username == f"erased-{gone.pk}" and "李娜" not in gone.search_keys and "lina" not in gone.search_keys
    ticket = Ticket.objects.get(pk=told.pk)
    assert ticket.title == f"#{gone.pk} 无法登录" and "13800138000" not in ticket.description
    bodies = " ".join(Comment.objects.filter(ticket=ticket).values_list("body", flat=True))
    for name in ("李娜", "X1001", "Li Na"):
        assert name not in bodies
    with connection.cursor() as cursor:
        cursor.execute("SELECT search_vector::text FROM tickets_ticket WHERE id = %s", [ticket.pk])
        assert "13800138000" not in cursor.fetchone()[0]
    assert "李娜" not in json.dumps(AnswerVersion.objects.get().values, ensure_ascii=False)
    assert not Mail.objects.filter(user=gone).exists()
    assert not [mail for mail in Mail.objects.all() if "李娜" in mail.text + mail.html + mail.subject]
    assert "李娜" not in Erasure.objects.get().reason
    assert Ticket.objects.get(pk=namesake.pk).title == "与李娜同名的会议室", "namesakes elsewhere are left alone"
    assert events.verify().ok
    with pytest.raises(Exception, match="cannot be changed"):
        AnswerVersion._base_manager.update(values={})


def test_the_ledger_learns_that_details_changed_but_not_what_they_say(cast):
    services.update_person(cast.li_na, actor=cast.admin, phone="13900139000", title="会计")
    (event,) = Event.objects.filter(name="user.updated")
    assert event.data["changes"] == {"phone": [None, None], "title": ["", "会计"]}


def test_names_are_taken_out_as_words():
    identity = Identity(("李娜", "Li Na", "li.na", "X1"), "#7")
    assert identity.scrubbed("李娜说 li na, X1 和 X12，alumli.na") == "#7说 #7, #7 和 X12，alumli.na"
    assert identity.scrubbed({"a": ["李娜", 3], "b": None}) == {"a": ["#7", 3], "b": None}
    assert Identity((), "#7").scrubbed("李娜") == "李娜"
    assert Identity(("li.na",), "#7", "li.na", "erased-7").scrubbed(["li.na", "li.na said"]) == ["erased-7", "#7 said"]


@pytest.mark.parametrize(
    "spelt",
    [
        "138 0013 8000", "138-0013-8000", "+86 13800138000", "１３８００１３８０００", "LI NA", "lina", "Na Li",
        "Na, Li", "li_na", "李 娜", "Ｌｉ Ｎａ", "LI.NA@xinghe.example",
    ],
)  # fmt: skip
def test_names_and_numbers_are_recognised_in_their_usual_spellings(cast, spelt):
    said = f"请找{spelt}，谢谢"
    assert privacy.identity_of(cast.li_na).scrubbed(said) == f"请找#{cast.li_na.pk}，谢谢"


def test_other_readings_of_a_name_are_names_of_others(cast):
    assert privacy.identity_of(cast.wang_fang).scrubbed("yu.fang, Fang Wang") == f"yu.fang, #{cast.wang_fang.pk}"


def test_years_amounts_and_small_words_are_no_names():
    identity = Identity(("2026", "an", "12"), "#7")
    assert identity.scrubbed("an order of 12 in 2026") == "an order of 12 in 2026"


def test_pages_of_administrators(cast, second, client, told):
    gone = leave(cast)
    client.force_login(cast.admin)
    page = reverse("accounts:person_privacy", args=[gone.pk])
    assert client.get(page).status_code == 200
    act = lambda name: reverse("accounts:privacy_act", args=[gone.pk, name])  # noqa: E731
    assert client.post(act("erase"), {"reason": ""}).status_code == 422
    assert client.post(act("hold"), {"reason": "court"}).status_code == 302
    refused = client.post(act("erase"), {"reason": "wants it"})
    assert refused.status_code == 422 and "wants it" in refused.content.decode()
    client.post(act("hold"), {"reason": ""})
    assert client.post(act("erase"), {"reason": "wants it"}).status_code == 302
    assert client.post(act("export")).status_code == 302
    grant = reverse("accounts:decide_erasure", args=[Erasure.objects.get().pk, "grant"])
    assert client.post(grant).status_code == 403
    client.force_login(second)
    assert client.post(grant).status_code == 302
    assert User.objects.get(pk=gone.pk).email == ""
    client.force_login(cast.wang_fang)
    assert client.get(page).status_code == 403
