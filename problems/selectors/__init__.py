"""Reading problems."""
