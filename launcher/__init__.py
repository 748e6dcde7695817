"""Everything operational: `manage.py up`, `manage.py test` and the servers they embed.

Runs on the standard library alone, because it runs before anything is installed.
"""
