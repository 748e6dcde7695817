"""Recurring incidents over the API: what was found, what is decided, and the rules that find it."""

import django_filters as filters
from django.db.models import Prefetch
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response

from accounts.kept import Kept, described
from core.api.filtering import IdFilter, WordsFilter
from core.api.views import Resource
from core.errors import InvalidInput
from incidents.models import Incident
from problems import rules, services
from problems.models import Proposal, RecurrenceRule
from problems.recurring.vocabulary import Basis, ProposalState
from problems.selectors.proposals import RELATED
from problems.serializers.proposals import (
    AcceptProposalSerializer,
    DismissSerializer,
    MergeProposalSerializer,
    ProposalSerializer,
    RuleInputSerializer,
    RuleSerializer,
)


class ProposalFilter(filters.FilterSet):
    state = WordsFilter(field_name="state", choices=ProposalState.choices, label="States, separated by commas.")
    basis = WordsFilter(field_name="basis", choices=Basis.choices, label="What they are alike by.")
    item = IdFilter(field_name="item", label="Id of an item.")
    service = IdFilter(field_name="service", label="Id of a service.")

    class Meta:
        model = Proposal
        fields: list[str] = []


class ProposalViewSet(Resource):
    """Incidents that recur. They are found by the system as incidents come."""

    serializer_class = ProposalSerializer
    filterset_class = ProposalFilter
    orderings = ("id", "score", "last_at")
    default_ordering = "-score"
    queryset = Proposal.objects.none()
    lookup_value_converter = "int"
    http_method_names = ["get", "head", "post"]

    def get_queryset(self):
        user = self.request.user
        seen = Prefetch(
            "incidents", Incident.objects.visible_to(user).only("number").order_by("pk"), to_attr="seen_incidents"
        )
        return Proposal.objects.visible_to(user).select_related(*RELATED).prefetch_related(seen)

    @extend_schema(summary="List recurring incidents")
    def list(self, request):
        return self.page(self.get_queryset())

    @extend_schema(summary="Read why incidents recur")
    def retrieve(self, request, pk):
        return self._shown()

    @extend_schema(
        summary="Open a problem from recurring incidents", request=AcceptProposalSerializer,
        responses=ProposalSerializer, description="All its incidents are linked. For managers and change managers.",
    )  # fmt: skip
    @action(detail=True, methods=["post"])
    def accept(self, request, pk):
        services.accept(self.get_object(), actor=request.user, **self._given(AcceptProposalSerializer))
        return self._shown()

    @extend_schema(
        summary="Merge recurring incidents into a problem or another proposal", request=MergeProposalSerializer,
        responses=ProposalSerializer, description="Name one of both.",
    )  # fmt: skip
    @action(detail=True, methods=["post"])
    def merge(self, request, pk):
        proposal, given = self.get_object(), self._given(MergeProposalSerializer)
        if len(given) != 1:
            raise InvalidInput({"problem": [_("Name a problem or choose another proposal.")]})
        if "problem" in given:
            services.merge_into_problem(proposal, given["problem"], actor=request.user)
        else:
            services.merge_into_proposal(proposal, given["proposal"], actor=request.user)
        return self._shown()

    @extend_schema(
        summary="Dismiss recurring incidents", request=DismissSerializer, responses=ProposalSerializer,
        description="The same is not proposed again until that day is over, unless twice as many come.",
    )  # fmt: skip
    @action(detail=True, methods=["post"])
    def dismiss(self, request, pk):
        services.dismiss(self.get_object(), actor=request.user, **self._given(DismissSerializer))
        return self._shown()

    def _given(self, shape) -> dict:
        given = shape(data=self.request.data, context=self.get_serializer_context())
        given.is_valid(raise_exception=True)
        return dict(given.validated_data)

    def _shown(self):
        return Response(self.get_serializer(self.get_object()).data)


@described(
    "a rule for recurrences", "rules for recurrences", RuleInputSerializer, RuleSerializer,
    "For managers and change managers. It holds for what comes from now on.",
)  # fmt: skip
class RecurrenceRuleViewSet(Kept):
    """A rule is never taken back, only out of use: what it found names it."""

    serializer_class, input_class = RuleSerializer, RuleInputSerializer
    http_method_names = ["get", "head", "post", "patch"]
    orderings = ("id", "position")
    default_ordering = "position"
    queryset = RecurrenceRule.objects.none()
    may_keep = staticmethod(rules.keeps_recurrence_rules)

    def get_queryset(self):
        rows = RecurrenceRule.objects.prefetch_related("left_out")
        return rows if self.request.user.is_staff_member else rows.none()

    def keep(self, rule, values):
        return services.keep_rule(rule, actor=self.request.user, **values)
