"""The life of a configuration item as a table. No clock runs on it; trust is another axis, and computed."""

from functools import partial

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cmdb import rules
from core import workflow
from core.workflow import Field, Transition, Workflow

State = partial(workflow.State, clock=workflow.Clock.STOPPED)

PLANNED = State("planned", pgettext_lazy("item", "Planned"), tone="grey")
ORDERED = State("ordered", pgettext_lazy("item", "Ordered"), tone="blue")
IN_STOCK = State("in_stock", pgettext_lazy("item", "In stock"), tone="blue")
DEPLOYING = State("deploying", pgettext_lazy("item", "Deploying"), tone="orange")
LIVE = State("live", pgettext_lazy("item", "Live"), tone="green")
MAINTENANCE = State("maintenance", pgettext_lazy("item", "In maintenance"), tone="yellow")
MISSING = State("missing", pgettext_lazy("item", "Missing"), tone="red")
RETIRED = State("retired", pgettext_lazy("item", "Retired"), tone="grey")
DISPOSED = State("disposed", pgettext_lazy("item", "Disposed of"), tone="grey", is_final=True)

# What others may rest on; what is somewhere and can be lost; what is over.
IN_SERVICE = (LIVE.key, MAINTENANCE.key)
PHYSICAL = (IN_STOCK, DEPLOYING, LIVE, MAINTENANCE, RETIRED)
OVER = (RETIRED.key, DISPOSED.key)

REASON = Field("reason", _("Reason"), max_length=500, required=False)
ACCEPTED = Field(
    "accepted", _("Accepted dependants"), max_length=100_000, required=False,
    help=_("Short names of everything live that depends on it, separated by commas."),
)  # fmt: skip

ITEM = Workflow(
    kind="item",
    initial=PLANNED,
    states=(PLANNED, ORDERED, IN_STOCK, DEPLOYING, LIVE, MAINTENANCE, MISSING, RETIRED, DISPOSED),
    way=(PLANNED, ORDERED, IN_STOCK, DEPLOYING, LIVE, RETIRED, DISPOSED),
    transitions=(
        Transition(
            "order", _("Order it"), (PLANNED,), ORDERED, done="ordered", icon="send", fields=(REASON,),
            allowed=rules.keeps_items,
        ),
        Transition(
            "stock", _("Take into stock"), (PLANNED, ORDERED, DEPLOYING, MAINTENANCE), IN_STOCK, done="stocked",
            icon="archive", fields=(REASON,), allowed=rules.keeps_items,
        ),
        Transition(
            "deploy", _("Deploy"), (PLANNED, ORDERED, IN_STOCK), DEPLOYING, done="deployed", icon="arrow-right",
            fields=(REASON,), allowed=rules.keeps_items,
        ),
        Transition(
            "go_live", _("Go live"), (DEPLOYING,), LIVE, done="gone_live", icon="check", fields=(REASON,),
            allowed=rules.keeps_items, guard=rules.live_refusal,
        ),
        Transition(
            "maintain", _("Begin maintenance"), (LIVE,), MAINTENANCE, done="under_maintenance", icon="settings",
            fields=(REASON,), allowed=rules.keeps_items, tone="orange",
        ),
        Transition(
            "resume", _("End maintenance"), (MAINTENANCE,), LIVE, done="resumed", icon="check", fields=(REASON,),
            allowed=rules.keeps_items, guard=rules.live_refusal,
        ),
        Transition(
            "retire", pgettext_lazy("item", "Retire"), (LIVE, MAINTENANCE, MISSING), RETIRED, done="retired",
            icon="archive", fields=(REASON, ACCEPTED), allowed=rules.keeps_items, tone="red",
        ),
        Transition(
            "dispose", _("Dispose of"), (IN_STOCK, RETIRED, MISSING), DISPOSED, done="disposed", icon="trash",
            fields=(REASON,), allowed=rules.keeps_items, tone="red",
        ),
        Transition(
            "miss", _("Report missing"), PHYSICAL, MISSING, done="missed", icon="alert-circle", fields=(REASON,),
            allowed=rules.keeps_items, tone="orange",
        ),
        Transition(
            "find", _("Found again"), (MISSING,), IN_STOCK, done="found", icon="search", fields=(REASON,),
            allowed=rules.keeps_items,
        ),
    ),
)  # fmt: skip
