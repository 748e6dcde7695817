"""Reading the configuration database."""
