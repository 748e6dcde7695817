"""The desk: where agents, experts and managers find, read and move tickets."""
