"""What inventory agents send: the protocol of OCS and FusionInventory (XML) and that of GLPI agents (JSON)."""

from integrations.inventory.machine import cells_of, details_of
from integrations.inventory.reading import Message, Unreadable, answer, read

__all__ = ["Message", "Unreadable", "answer", "cells_of", "details_of", "read"]
