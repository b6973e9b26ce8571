"""Everything that is kept, and the way it came to be kept so: `database.open_store` is the door."""
