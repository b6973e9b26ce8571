"""How well messages are read: `make eval`, or `python -m benchmarks.evaluation --help`."""
