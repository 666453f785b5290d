"""REMEMBER: the DuckDB file, built from the record. The only room that knows DuckDB."""
