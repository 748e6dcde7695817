"""Forms of the configuration database."""
