"""The machinery that runs, checks and publishes the pages of the site.

A page is a program. `page` reads it, `run` runs it, `workers` gives each page a
process of its own. Two callers use them: `collect` (pytest) and `build` (the site).
"""
