"""Rasa's custom actions: each reads the tracker, calls one use case and returns events. What it means is decided in
`banter/leads`."""
