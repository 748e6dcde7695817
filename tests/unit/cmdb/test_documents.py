"""Documents of an item: who keeps and reads them, what is refused, and that the history tells."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cmdb import services as cmdb
from cmdb.models import ItemFile
from cmdb.selectors import history
from core.errors import InvalidInput, NotAllowed, Refused
from tests.imports import by_hand


def upload(name="plan.txt", content=b"1 2 3"):
    return SimpleUploadedFile(name, content)


def test_files_and_links_come_and_go_and_the_history_tells(cast, django_capture_on_commit_callbacks):
    item = by_hand(cast, "srv-1")
    kept = cmdb.add_file(item, upload(), actor=cast.chen_hao)
    link = cmdb.add_document(item, actor=cast.chen_hao, title="Manual", url="https://docs.example/")
    assert kept.file.read() == b"1 2 3" and kept.content_type == "application/octet-stream"
    storage, path = kept.file.storage, kept.file.name
    with django_capture_on_commit_callbacks(execute=True):
        cmdb.remove_file(kept, actor=cast.chen_hao)
    cmdb.remove_document(link, actor=cast.chen_hao)
    assert not storage.exists(path)
    told = [(entry.deed, [(one.name, one.before, one.after) for one in entry.changes])
            for entry in history.history_of(cast.chen_hao, item, limit=4)]  # fmt: skip
    assert told == [
        ("removed a document", [("Document", "Manual", "")]), ("removed a document", [("Document", "plan.txt", "")]),
        ("added a document", [("Document", "", "Manual")]), ("added a document", [("Document", "", "plan.txt")]),
    ]  # fmt: skip


def test_programs_empty_files_and_the_fifty_first_are_refused(cast, monkeypatch):
    item = by_hand(cast, "srv-1")
    for bad in (upload("setup.exe", b"MZ"), upload("empty.txt", b"")):
        with pytest.raises(InvalidInput):
            cmdb.add_file(item, bad, actor=cast.chen_hao)
    monkeypatch.setattr("cmdb.services.documenting.MOST_FILES", 1)
    cmdb.add_file(item, upload(), actor=cast.chen_hao)
    with pytest.raises(InvalidInput):
        cmdb.add_file(item, upload("more.txt"), actor=cast.chen_hao)


def test_only_the_desk_keeps_and_reads_them_even_of_what_is_offered_to_all(cast):
    kept = cmdb.add_file(cast.erp, upload(), actor=cast.chen_hao)
    for who in (cast.li_na, cast.zhao_min):
        assert not ItemFile.objects.visible_to(who).exists()
        with pytest.raises(NotAllowed):
            cmdb.add_file(cast.erp, upload(), actor=who)
        with pytest.raises(NotAllowed):
            cmdb.remove_file(kept, actor=who)
    assert ItemFile.objects.visible_to(cast.zhang_wei).get() == kept


def test_documents_move_with_a_merge_and_the_gone_record_takes_no_more(cast):
    kept, gone = by_hand(cast, "srv-1"), by_hand(cast, "srv-01")
    for item in (kept, gone):
        cmdb.add_file(item, upload(), actor=cast.chen_hao)
    merged = cmdb.merge_items(kept, gone, actor=cast.wang_fang)
    assert merged.files.count() == 2 and not gone.files.exists()
    with pytest.raises(Refused):
        cmdb.add_file(gone, upload(), actor=cast.chen_hao)
