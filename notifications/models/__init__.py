from notifications.models.chat import ChatChannel, ChatMessage
from notifications.models.hours import MailHours
from notifications.models.mail import Mail
from notifications.models.notification import Notification
from notifications.models.preference import Preference

__all__ = ["ChatChannel", "ChatMessage", "Mail", "MailHours", "Notification", "Preference"]
