"""Banter qualifies sales leads in conversation. `docs/developers.md` says where everything lives."""

__version__ = "0.1.0"
