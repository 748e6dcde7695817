"""What people can ask for, and what they asked for."""

from catalog.models.catalogue import FormVersion, RequestItem, ServiceCategory
from catalog.models.request import AnswerVersion, Draft, ServiceRequest

__all__ = ["AnswerVersion", "Draft", "FormVersion", "RequestItem", "ServiceCategory", "ServiceRequest"]
