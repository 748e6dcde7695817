"""Commands about what people can do and learn."""

from training.services.holders import tell_of_last_holder

__all__ = ["tell_of_last_holder"]
