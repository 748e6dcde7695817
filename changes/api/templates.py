"""Templates of standard changes: writing, offering, suspending and using them."""

import django_filters as filters
from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response

from accounts.idempotency import IDEMPOTENCY_KEY, answer_once
from accounts.kept import Kept, described
from changes import rules, services
from changes.models import Change, ChangeTemplate
from changes.serializers.boards import (
    TEMPLATE_FIELDS,
    ApproveSerializer,
    TemplateInputSerializer,
    TemplateSerializer,
    UseSerializer,
    WhySerializer,
)
from changes.serializers.record import ChangeRecordSerializer
from changes.vocabulary import TemplateState
from core.api.filtering import WordsFilter


class TemplateFilter(filters.FilterSet):
    state = WordsFilter(field_name="state", choices=TemplateState.choices, label="States, separated by commas.")

    class Meta:
        model = ChangeTemplate
        fields: list[str] = []


@described(
    "a template of standard changes", "templates of standard changes", TemplateInputSerializer, TemplateSerializer,
    "For people of the desk. It is a draft until somebody else approves it; so is one that is changed.",
)  # fmt: skip
class TemplateViewSet(Kept):
    """What is done often and known well, approved once. None is taken back, only retired."""

    serializer_class, input_class = TemplateSerializer, TemplateInputSerializer
    filterset_class = TemplateFilter
    http_method_names = ["get", "head", "post", "patch"]
    orderings = ("id",)
    default_ordering = "id"
    queryset = ChangeTemplate.objects.none()
    may_keep = staticmethod(rules.raises_changes)

    def get_queryset(self):
        visible = ChangeTemplate.objects.visible_to(self.request.user)
        related = visible.select_related("organisation", "service", "team", "written_by", "approved_by")
        return related.prefetch_related("item_classes")

    def keep(self, template, values):
        known = {name: getattr(template, name) for name in TEMPLATE_FIELDS if name != "item_classes"}
        classes = template.item_classes.all() if template.pk else ()
        values = {**known, "item_classes": classes, **values}
        return services.keep_template(template, actor=self.request.user, **values)

    @extend_schema(
        summary="Approve a template",
        description="By a change manager who did not write it, until a day.",
        request=ApproveSerializer,
    )
    @action(detail=True, methods=["post"])
    def approve(self, request, pk):
        given = self._given(ApproveSerializer)
        services.approve_template(self.get_object(), actor=request.user, **given)
        return self.shown(pk)

    @extend_schema(
        summary="Suspend a template", description="Until it is approved again. For change managers.",
        request=WhySerializer,
    )  # fmt: skip
    @action(detail=True, methods=["post"])
    def suspend(self, request, pk):
        services.suspend_template(self.get_object(), actor=request.user, **self._given(WhySerializer))
        return self.shown(pk)

    @extend_schema(summary="Retire a template", description="For good. For change managers.", request=WhySerializer)
    @action(detail=True, methods=["post"])
    def retire(self, request, pk):
        services.retire_template(self.get_object(), actor=request.user, **self._given(WhySerializer))
        return self.shown(pk)

    @extend_schema(
        summary="Make a standard change",
        description="Planned for as long as the template says; it can be scheduled at once.",
        parameters=[IDEMPOTENCY_KEY],
        request=UseSerializer,
        responses={201: ChangeRecordSerializer},
    )
    @action(detail=True, methods=["post"], serializer_class=ChangeRecordSerializer)
    def use(self, request, pk):
        template, given = self.get_object(), self._given(UseSerializer)
        return answer_once(request, lambda: self._born(services.use_template(template, actor=request.user, **given)))

    def _born(self, change):
        found = Change.objects.visible_to(self.request.user).get(pk=change.pk)
        where = reverse("api:change-detail", args=[change.number])
        return Response(self.get_serializer(found).data, status=201, headers={"Location": where})

    def _given(self, shape) -> dict:
        given = shape(data=self.request.data, context=self.get_serializer_context())
        given.is_valid(raise_exception=True)
        return dict(given.validated_data)
