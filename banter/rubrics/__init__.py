"""Rubrics over time: published, compared, tried on the leads there are, and rolled back."""
