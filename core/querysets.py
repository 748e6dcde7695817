"""Visibility: the only start of a query for anything a person is shown."""

from django.db import models
from django.db.models import Q, Value


class VisibleQuerySet(models.QuerySet):
    """A queryset that knows who may see which row. Subclasses write `visibility(user) -> Q`.

    `visibility_joins` is False where that Q follows no to-many relation, so that it can stand in the query itself.
    """

    visibility_joins = True

    def visibility(self, user) -> Q:
        raise NotImplementedError(f"{type(self).__name__} must say who sees its rows")

    def visible_to(self, user):
        """Rows that `user` may see; none for anonymous or deactivated people, all for administrators.

        A rule that joins is applied as `pk IN (subquery)`, so that it can never duplicate rows.
        """
        if user is None or not user.is_authenticated or not user.is_active:
            return self.none()
        if user.sees_everything:
            return self.all()
        if not self.visibility_joins:
            return self.filter(self.visibility(user))
        allowed = self.model._base_manager.filter(self.visibility(user)).values("pk")
        return self.filter(pk__in=allowed)

    def visible_to_each(self, people) -> dict[int, set]:
        """{person: keys of those rows that they may see}, for everybody among `people`, in one query."""
        seen = {person.pk: set() for person in people}
        parts = [
            self.visible_to(person).order_by().annotate(reader=Value(person.pk)).values_list("reader", "pk")
            for person in people
        ]
        for reader, row in parts[0].union(*parts[1:], all=True) if parts else ():
            seen[reader].add(row)
        return seen
