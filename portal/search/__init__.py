"""Searching: the query language that the desk's queue and the search page share, and the search page's sources."""
