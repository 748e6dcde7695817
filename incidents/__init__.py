"""Incidents: faults from report to confirmed repair."""
