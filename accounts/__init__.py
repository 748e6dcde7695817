"""People: users, organisations, departments, teams by line, roles, API tokens."""
