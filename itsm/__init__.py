"""Wiring only: settings, urls, API router, subscriptions, panels, celery. No rules, no models."""

from itsm.celery import app as celery_app

__all__ = ["celery_app"]
