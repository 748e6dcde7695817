"""An import of two thousand lines by a real worker, as its page shows it: progress, errors by line, applied, undone."""

import re

import pytest

from cmdb.models import ConfigurationItem, ImportRun
from cmdb.services import importing
from tests.faults.test_workers import beat, broker, celery, wait_for
from tests.imports import COLUMNS, as_csv, source

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.faults]
__all__ = ["broker", "celery"]

ROWS, EVERY = 2000, 200


def rows():
    for n in range(ROWS):
        address = "10.0.0.300" if n % EVERY == 0 else f"10.0.{n // 256}.{n % 256}"
        yield {"host": f"srv-{n}", "name": f"Server {n}", "sn": f"SN{n:05d}", "ip": address, "gb": "64"}


@pytest.fixture
def shared_files(settings, monkeypatch):
    """Processes that start later read the files which this one stores."""
    monkeypatch.setenv("MEDIA_ROOT", str(settings.MEDIA_ROOT))


@pytest.fixture
def worker(shared_files, celery):
    """A worker of long work, woken by a beat."""
    celery("worker", "-Q", "bulk", "-c", "1", "-n", "bulk@test", "--include", "tests.faults.import_steps")
    beat(celery)


def watch(page, run) -> list[str]:
    """What the page's bar said while the run was worked on, every few moments, until it led to the outcome."""
    said = []

    def is_over():
        answer = page.get(f"/cmdb/import/{run.pk}/", headers={"HX-Request": "true"})
        if answer.headers.get("HX-Redirect"):
            return True
        label = re.search(r'for="import-bar">([^<]*)', answer.content.decode())
        said.append(label[1])
        return False

    assert wait_for(is_over, seconds=120)
    run.refresh_from_db()
    assert run.problem == ""
    return [label for label in said if re.search(r"\d", label)]


def test_two_thousand_lines_with_ten_bad_ones_are_seen_going_in_and_out(cast, client, worker):
    cast.chen_hao.language = "en"
    cast.chen_hao.save()
    client.force_login(cast.chen_hao)
    run = importing.upload(source(cast), actor=cast.chen_hao, name="items.csv", content=as_csv(rows()))
    importing.map_columns(run, COLUMNS, actor=cast.chen_hao)
    assert any(re.fullmatch(r"Being checked: \d+ lines", label) for label in watch(client, run))
    assert run.counts == {"create": ROWS - 10, "error": 10}

    page = client.get(f"/cmdb/import/{run.pk}/?verdict=error").content.decode()
    assert page.count("This is no IP address.") == 10
    errors = b"".join(client.get(f"/cmdb/import/{run.pk}/lines.csv").streaming_content).decode("utf-8-sig")
    numbers = [line.split(",")[5] for line in errors.splitlines()[1:]]
    assert numbers == [str(n + 2) for n in range(0, ROWS, EVERY)]

    importing.order_apply(run, actor=cast.chen_hao)
    assert any(f" of {2 * ROWS} steps" in label for label in watch(client, run))
    assert run.state == "applied" and servers() == ROWS - 10

    importing.order_undo(run, actor=cast.chen_hao)
    assert any(f" of {ROWS - 10} steps" in label for label in watch(client, run))
    assert (run.state, servers(), run.lines.exclude(left="").count()) == ("undone", 0, 0)
    assert ImportRun.objects.get().attempts == 1


def servers() -> int:
    return ConfigurationItem.objects.filter(item_class="server").count()
