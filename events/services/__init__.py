from events.services.delivering import deliver_due, replay
from events.services.publishing import TooDeep, publish, publish_all, silence
from events.services.sealing import seal_finished_days, verify

__all__ = ["TooDeep", "deliver_due", "publish", "publish_all", "replay", "seal_finished_days", "silence", "verify"]
