"""Two directories with the same new people are applied at once."""

import pytest

from accounts.models import DirectoryImport, User
from accounts.services import directory
from tests.races.together import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.races]
COLUMNS = {"工号": "staff_number", "姓名": "name"}


def test_each_new_person_is_made_once(cast):
    runs = []
    for _n in range(2):
        text = "工号,姓名\nY1,周一\nY2,周二\n"
        run = directory.upload(actor=cast.admin, organisation=cast.xinghe, name="x", content=text.encode())
        directory.map_columns(run, COLUMNS, actor=cast.admin)
        directory.work(run.pk)
        directory.order_apply(run, actor=cast.admin)
        runs.append(run)
    assert together(2, lambda n: directory.work(runs[n].pk)) == [None, None]
    assert User.objects.filter(staff_number__in=("Y1", "Y2")).count() == 2
    states = sorted(DirectoryImport.objects.values_list("state", flat=True))
    assert states == ["applied", "planned"], "the second sees that the directory changed since it was shown"
