"""Every setting of Ratecard, in one place.

A setting is taken from the environment (``RATECARD_CONTACT=...``), else from ``ratecard.toml`` in the working
directory (or the file that ``RATECARD_CONFIG`` names), else its default below. This module imports nothing of ours,
so every room may read it.
"""

from __future__ import annotations

import os
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource


class RatecardSettings(BaseSettings):
    """The settings and their defaults. Unknown names in ``ratecard.toml`` are refused, so that a typing error shows."""

    model_config = SettingsConfigDict(env_prefix="RATECARD_", extra="forbid", frozen=True)

    data_dir: Path = Field(Path("data"), description="Folder of the crawl folders and of ratecard.duckdb.")
    clinics: Path | None = Field(None, description="The clinics.csv to visit; unset, the one that comes with Ratecard.")
    contact: str | None = Field(
        None, description="Mail or web address that the User-Agent names; real sites are not visited without it."
    )
    delay_seconds: float = Field(5.0, ge=0, description="Least wait between two requests to one host.")
    pages_per_clinic: int = Field(12, ge=1, description="At most this many pages a clinic and crawl.")
    depth: int = Field(2, ge=0, description="At most this many links away from a clinic's start page.")
    page_bytes: int = Field(10_000_000, ge=1, description="Larger answers are cut off and recorded as too_large.")
    timeout_seconds: float = Field(30.0, gt=0, description="Longest wait for one answer.")
    allow_private_hosts: tuple[str, ...] = Field(
        (),
        description='Hosts that may resolve to private or loopback addresses, such as ["*.localhost"]. For tests.',
    )
    guide_region: str = Field(
        "", description="Region of price claims in guides that name none: Calgary, or Calgary+Edmonton. Unset, none."
    )
    guide_currency: str = Field("CAD", description="Currency of price claims in guides that name none.")
    guide_tolerance_dollars: float = Field(
        5.0, ge=0, description="How far a number in a guide may lie from the measured one."
    )
    build_after_crawl: bool = Field(True, description="Whether the warehouse is built when a crawl closes.")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """What is passed wins over the environment, the environment over the file."""
        toml = TomlConfigSettingsSource(settings_cls, Path(os.environ.get("RATECARD_CONFIG", "ratecard.toml")))
        return init_settings, env_settings, toml

    @property
    def crawls_dir(self) -> Path:
        """Where crawl folders lie."""
        return self.data_dir / "crawls"

    @property
    def warehouse_path(self) -> Path:
        """The DuckDB file that analysts open."""
        return self.data_dir / "ratecard.duckdb"
