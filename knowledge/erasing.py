"""Forgetting somebody in what they said about articles: it stays said, the words lose the identity."""

from knowledge.models import Feedback, FollowUp


def erase(person, identity):
    identity.scrub(Feedback.objects.filter(user=person), "comment")
    identity.scrub(FollowUp.objects.filter(given_by=person), "comment", "reason")
