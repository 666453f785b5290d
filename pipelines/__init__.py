"""UNDERSTAND: pages to offers to comparable prices. Pure; knows nothing of network, disk or database."""
