"""Doors to other systems: e-mail in, chat out, alerts."""
