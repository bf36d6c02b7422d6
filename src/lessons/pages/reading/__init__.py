"""A page as it is written: its form, its steps, how it is rendered. Nothing is run."""
