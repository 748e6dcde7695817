"""The ledger: publish, deliver, timeline. Every reaction in the system reads these rows."""
