from surveys.services.answering import acknowledge_low_score, answer, rate
from surveys.services.asking import ask_about, plan, send_due

__all__ = ["acknowledge_low_score", "answer", "ask_about", "plan", "rate", "send_due"]
