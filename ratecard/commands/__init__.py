"""One module a command, with its ``app``; it is found by being there."""
