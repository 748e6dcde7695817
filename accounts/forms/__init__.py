"""Input shapes of the account and people pages. No writes."""
