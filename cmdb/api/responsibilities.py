"""Who does what for a service, in the API."""

import django_filters as filters
from drf_spectacular.utils import extend_schema

from accounts.kept import Kept, described
from cmdb import rules, services
from cmdb.models import Activity, Letter, Responsibility
from cmdb.serializers.responsibilities import ResponsibilityInputSerializer, ResponsibilitySerializer
from core.api.filtering import IdFilter


class ResponsibilityFilter(filters.FilterSet):
    service = IdFilter(field_name="service_id", label="Id of the service.")
    activity = filters.ChoiceFilter(choices=Activity.choices)
    letter = filters.ChoiceFilter(choices=Letter.choices)

    class Meta:
        model = Responsibility
        fields: list[str] = []


@described(
    "a responsibility", "responsibilities", ResponsibilityInputSerializer, ResponsibilitySerializer,
    "For the owner of the service and managers. Of an activity one is accountable, at most.",
)  # fmt: skip
@extend_schema(tags=["responsibilities"])
class ResponsibilityViewSet(Kept):
    serializer_class, input_class = ResponsibilitySerializer, ResponsibilityInputSerializer
    filterset_class = ResponsibilityFilter
    http_method_names = ["get", "head", "post", "delete"]
    orderings = ("id",)
    default_ordering = "id"
    queryset = Responsibility.objects.none()
    may_keep = staticmethod(rules.keeps_items)

    def get_queryset(self):
        rows = Responsibility.objects.visible_to(self.request.user)
        return rows.select_related("service", "team", "person")

    def keep(self, row, values):
        return services.assign_responsibility(values.pop("service"), actor=self.request.user, **values)

    def discard(self, row):
        services.drop_responsibility(row, actor=self.request.user)
