"""The demo company 星河制造 (Xinghe Manufacturing): a year of its help desk, lived through the real services."""
