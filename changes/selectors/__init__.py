"""Reading changes."""
