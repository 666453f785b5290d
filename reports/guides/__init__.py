"""Price claims in guides: found, checked against the warehouse, and refreshed."""
