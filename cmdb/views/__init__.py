"""Pages of the configuration database."""
