"""Rasa in this process: the model, a tracker store that stays small, and one turn at a time.

Importing this package is cheap; `engine` imports Rasa and TensorFlow, which takes some ten seconds.
"""
