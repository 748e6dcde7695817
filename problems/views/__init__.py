"""Pages of problems, below /problems/."""
