"""What the pages of changes send: shape only."""
