"""A reading path in the browser: what its reader finds when an article of it is gone."""

import re

from accounts.models import User
from knowledge import services
from tests import paths


def without_its_article(cast):
    path = paths.begun(cast)
    services.give_path(path, cast.chen_hao, actor=cast.wang_fang)
    step = path.steps.first()
    version = step.article.versions.get()
    version = services.take_step(version, "propose_retirement", actor=cast.zhang_wei, values={"reason": "gone"})
    services.take_step(version, "retire", actor=cast.wang_fang)
    User.objects.update(language="en")
    return path, step


def test_a_skipped_step_says_so_and_leads_back_to_the_path(client, cast):
    path, step = without_its_article(cast)
    client.force_login(cast.chen_hao)
    for send in (client.get, client.post):
        page = send(f"/articles/paths/{path.pk}/steps/{step.pk}/", follow=True)
        assert page.redirect_chain == [(f"/articles/paths/{path.pk}/", 302)]
        assert "This step is skipped" in page.content.decode()
    assert client.get(f"/articles/paths/{path.pk}/steps/999999/").status_code == 404


def test_a_path_with_nothing_left_says_that_nothing_is_to_do(client, cast):
    path, _step = without_its_article(cast)
    services.take_out_step(path.steps.last(), actor=cast.wang_fang)
    client.force_login(cast.chen_hao)
    assert "Nothing is left to read on this path" in client.get(f"/articles/paths/{path.pk}/").content.decode()


def test_every_region_of_a_kept_path_has_a_name_of_its_own(client, cast):
    path, _step = without_its_article(cast)
    client.force_login(cast.wang_fang)
    page = client.get(f"/articles/desk/paths/{path.pk}/").content.decode()
    assert 'id="learners-title">Who is how far<' in page
    assert re.findall(r'role="region"[^>]*aria-label="([^"]+)"', page) == ["People and their progress"]
