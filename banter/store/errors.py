"""What can go wrong with the store, in words for the person who has to mend it."""

from __future__ import annotations

from sqlalchemy.exc import DontWrapMixin


class StoreUnavailable(Exception):
    """The database cannot be reached, is locked, full or read-only: nothing of the transaction is stored; try again."""


class StoreInUse(Exception):
    """Another process works on this SQLite file."""


class SchemaUnknown(Exception):
    """The database was migrated by a newer Banter than this one."""


class Unstorable(DontWrapMixin, ValueError):  # type: ignore[misc]
    """A value that cannot be kept on every database: a time without zone, text with NUL, a number that is none.

    A ValueError to callers; the mixin keeps SQLAlchemy from wrapping it in an error of its own.
    """
