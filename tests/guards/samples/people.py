"""People, teams and who is on call."""

from datetime import time, timedelta

from accounts import services as people
from accounts.services import directory as services
from accounts.services import privacy


def samples(cast, world):
    at = world.at
    hours = {"start_at": at, "end_at": at + timedelta(days=1)}
    absence = people.arrange_absence(
        cast.zhang_wei, cast.chen_hao, from_at=at, until_at=at + timedelta(days=1), actor=cast.zhang_wei
    )
    roster = people.save_roster(None, actor=cast.admin, name_en="Duty", team=cast.desk, starts_on=at.date())
    override = people.take_over(roster, cast.zhang_wei, actor=cast.admin, **hours)
    token, _secret = people.issue_token(cast.zhang_wei, "t", ["read"], actor=cast.zhang_wei)
    shift = people.save_shift(
        None, actor=cast.admin, team=cast.desk, people=[cast.zhang_wei], label="Early", weekdays=[0, 1, 2, 3, 4],
        starts_at=time(9), ends_at=time(18), valid_from=at.date(),
    )  # fmt: skip
    directory = services.upload(
        actor=cast.admin, organisation=cast.xinghe, name="staff.csv", content="工号,姓名\nX1001,李娜".encode()
    )
    former = people.create_person(actor=None, username="former", name="Former", organisation=cast.xinghe)
    people.deactivate(former, actor=cast.admin)
    erasure = privacy.ask_erasure(former, actor=cast.admin, reason="asked for")
    privacy.ask_export(cast.zhang_wei, actor=cast.zhang_wei)
    privacy.make_exports()
    return {
        "accounts:export.pk": cast.zhang_wei.exports.get().pk,
        "accounts:privacy_act.name": "export",
        "accounts:decide_erasure.pk": erasure.pk,
        "accounts:decide_erasure.answer": "refuse",
        **{f"accounts:{name}.pk": directory.pk for name in ("directory", "directory_columns", "directory_act")},
        "accounts:directory_act.name": "discard",
        "accounts:department.pk": cast.finance.pk,
        "accounts:organisation.pk": cast.xinghe.pk,
        **{f"accounts:{name}.pk": cast.desk.pk for name in ("team", "add_member", "remove_member")},
        "accounts:revoke_token.pk": token.pk,
        **{f"accounts:{name}.pk": roster.pk for name in ("roster", "join_roster", "change_member", "take_over")},
        **{f"accounts:{name}.pk": cast.desk.pk for name in ("team_coverage", "new_shift")},
        **{f"accounts:{name}.pk": shift.pk for name in ("shift", "drop_shift")},
        "accounts:give_back.pk": override.pk,
        "accounts:end_absence.pk": absence.pk,
        "api:absence-detail.pk": absence.pk,
        "accounts:.pk": cast.zhang_wei.pk,
        "api:user-detail.pk": cast.zhang_wei.pk,
        **dict.fromkeys(("api:team-detail.pk", "api:team-coverage.pk"), cast.desk.pk),
        "api:service-detail.pk": cast.erp.pk,
    }
