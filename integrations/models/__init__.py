from integrations.models.inbound import InboundMessage
from integrations.models.mailbox import Mailbox

__all__ = ["InboundMessage", "Mailbox"]
