"""Pages of changes, below /changes/."""
