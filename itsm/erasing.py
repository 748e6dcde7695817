"""What is forgotten of somebody, app by app (`core/personal.py`): the texts first, the person last."""

from accounts.services.privacy import erase_person
from catalog.erasing import erase as erase_requests
from integrations.erasing import erase as erase_letters
from knowledge.erasing import erase as erase_feedback
from notifications.erasing import erase as erase_news
from problems.erasing import erase as erase_problems
from surveys.erasing import erase as erase_surveys
from tickets.erasing import erase as erase_tickets

ERASERS = [erase_tickets, erase_problems, erase_requests, erase_surveys, erase_feedback, erase_news, erase_letters]
ERASERS += [erase_person]
