"""What can go wrong with the warehouse, in words that say what to do."""

from __future__ import annotations


class WarehouseError(Exception):
    """Any of the below."""


class BuildRunning(WarehouseError):
    """Another build of the same data folder holds the lock."""


class NothingToBuild(WarehouseError):
    """There is no crawl folder that could be read."""


class ChecksFailed(WarehouseError):
    """The new warehouse offends against a check; the last good file stays."""


class UnknownCheck(WarehouseError):
    """A check that is to be let pass does not exist."""


class BuildFailed(WarehouseError):
    """The database could not make the new warehouse, for lack of room for example; the last good file stays."""


class NoWarehouse(WarehouseError):
    """The file is missing or is not a warehouse that this version reads."""


class QueryRefused(WarehouseError):
    """A query that is wrong, or that would do more than read the warehouse."""


class DecisionsBroken(WarehouseError):
    """The file of decisions cannot be read; nothing is built until somebody mends it."""
