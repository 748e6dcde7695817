"""Replaying the history of another tool's incidents through our own workflow and ledger.

`servicenow` reads the audit log, `naming` makes the people, teams, categories and services it names, `replaying`
takes each incident through its states at the original instants, `report` says what could not be mapped.
"""
