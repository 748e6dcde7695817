"""Reading needs, plans, sessions and what people learn."""
