"""Who can do what, what is missing, and how it is learned: from a gap through plan and course to the level."""
