"""The queue page touches as much of a big table as of a small one."""

import pytest

from incidents import services as incidents
from sla import services as sla
from tests.benchmarks.generated import generate
from tests.benchmarks.page_costs import cost_of

SMALL, LARGE = 8_000, 48_000
VIEWS = ["view=unassigned", "view=mine", "view=team", "view=open", "view=open&sort=priority", "view=due", "view=all"]
# A word that a dozen tickets hold, and one that every ticket holds.
VIEWS += ["view=all&q=g777", "view=all&q=ERP", "view=all&q=ERP&sort=activity", "view=open&q=ERP"]
# Lists of 50 rows with their people, clocks and badges, and counts that stop at a thousand.
BLOCKS_AT_MOST = 6_000


@pytest.fixture
def generated(cast):
    """`generated(count)` fills the house up to `count` tickets, each with its clocks."""
    sla.install_defaults()
    incident = incidents.report_incident(actor=cast.li_na, title="ERP 登录失败", service=cast.erp)
    made = [0]

    def up_to(count):
        teams = [cast.desk.pk, cast.network.pk, cast.database.pk]
        people = [cast.zhang_wei.pk, cast.chen_hao.pk, cast.liu_yang.pk]
        generate(incident, count - made[0], teams=teams, assignees=people, first=made[0])
        made[0] = count

    return up_to


def test_queue_page_touches_the_same_at_six_times_the_tickets(client, cast, generated):
    client.force_login(cast.zhang_wei)
    generated(SMALL)
    small = {view: cost_of(client, f"/desk/?{view}") for view in VIEWS}
    generated(LARGE)
    large = {view: cost_of(client, f"/desk/?{view}") for view in VIEWS}
    for view in VIEWS:
        assert large[view].statements == small[view].statements, view
        assert large[view].blocks < 3 * small[view].blocks, large[view].dearest
        assert large[view].rows < 3 * small[view].rows, large[view].dearest
        assert large[view].blocks < BLOCKS_AT_MOST, large[view].dearest
