"""The check beside the index: ln p = month + thing, fitted to all months at once, where the index goes step by step."""

from __future__ import annotations

import numpy as np
from scipy.sparse.csgraph import connected_components

from reports.price_panel import Panel
from reports.quantiles import Floats, Ints


def time_product_dummy(found: Panel) -> tuple[Floats, Ints]:
    """ln level by month by least squares, every clinic one vote a month, and which months can be compared.

    Carried prices are not in it. Levels compare only among months with the same number; -1 is a month without any
    sighting, whose level says nothing.
    """
    seen = np.isfinite(found.y) & ~found.carried
    rows = found.by_clinic(seen)
    w = np.where(seen, 1 / np.maximum(rows[found.clinic], 1), 0.0)
    y = np.where(seen, found.y, 0.0)
    totals = np.maximum(w.sum(axis=1), 1e-300)
    a = np.diag(w.sum(axis=0)) - w.T @ (w / totals[:, None])
    b = (w * y).sum(axis=0) - w.T @ ((w * y).sum(axis=1) / totals)
    levels = np.linalg.lstsq(a, b, rcond=None)[0]
    linked = np.where(seen.any(axis=0), connected_components(a != 0, directed=False)[1], -1)
    return levels, linked.astype(np.int64)
