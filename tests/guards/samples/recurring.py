"""A recurrence that was found, and the rule that found it."""

from problems.models import Proposal, RecurrenceRule
from problems.services.gathering import hold
from tests.guards.routes import ROUTES


def samples(cast, world):
    rule = RecurrenceRule.objects.order_by("position").first()
    proposal = Proposal.objects.create(
        organisation=cast.xinghe, rule=rule, basis="item", item=world.land["host-1"], first_at=world.at,
        last_at=world.at, created_at=world.at,
    )  # fmt: skip
    hold(proposal, [world.incident.pk])
    return {
        **dict.fromkeys((f"problems:{one}proposal.pk" for one in ("", "accept-", "merge-", "dismiss-")), proposal.pk),
        **{f"{route.name}.pk": proposal.pk for route in ROUTES if route.name.startswith("api:problem-proposal-")},
        **dict.fromkeys(("problems:recurrence-rule.pk", "api:recurrence-rule-detail.pk"), rule.pk),
    }
