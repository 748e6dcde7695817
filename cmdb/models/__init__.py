"""Configuration items and services, how they stand, and what is announced about them."""

from cmdb.models.items import ConfigurationItem, ItemQuerySet, Service
from cmdb.models.standing import Announcement, Outage

__all__ = ["Announcement", "ConfigurationItem", "ItemQuerySet", "Outage", "Service"]
