"""Configuration items and the services they add up to."""
