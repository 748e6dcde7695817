"""A change and what is kept about it."""

from changes.models.change import Change

__all__ = ["Change"]
