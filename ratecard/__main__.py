"""``python -m ratecard``."""

from ratecard.front import app

app()
