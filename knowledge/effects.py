"""What the arrows of the table write into a version, in memory."""

from django.utils.translation import gettext as _

from core.errors import InvalidInput


def approve(version, values, *, actor, at):
    version.reviewer = actor
    confirm(version, values, actor=actor, at=at)
    publish(version, values, actor=actor, at=at)


def schedule(version, values, *, actor, at):
    if values["publish_at"] <= at:
        raise InvalidInput({"publish_at": [_("Choose a time in the future.")]})
    version.reviewer, version.publish_at = actor, values["publish_at"]
    confirm(version, values, actor=actor, at=at)


def publish(version, values, *, actor, at):
    version.publish_at, version.published_at = None, at


def take_back(version, values, *, actor, at):
    version.reviewer = version.publish_at = version.review_by = None


def confirm(version, values, *, actor, at):
    if values["review_by"] <= at.date():
        raise InvalidInput({"review_by": [_("Choose a day in the future.")]})
    version.review_by = values["review_by"]
