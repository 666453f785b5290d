"""PUBLISH: figures people can trust. Asks the warehouse, never the pages."""
