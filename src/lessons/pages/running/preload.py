"""Imported by the fork server: what pages import, once for all of them.

A module that cannot be imported is left to the page, which then says so itself.
"""

import contextlib
import importlib
import os

VARIABLE = "LESSONS_IMPORTS"

for _name in os.environ.get(VARIABLE, "").split():
    with contextlib.suppress(Exception):
        importlib.import_module(_name)
