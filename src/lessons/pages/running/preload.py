"""Imported first by the fork server: what pages import, once for all of them.

Ctrl-C is for the process that was started by hand: it ends the others, in silence.
A module that cannot be imported is left to the page, which then says so itself.
"""

import contextlib
import importlib
import os
import signal

VARIABLE = "LESSONS_IMPORTS"

if _names := os.environ.get(VARIABLE, "").split():  # this is the server
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for _name in _names:
        with contextlib.suppress(Exception):
            importlib.import_module(_name)
    importlib.import_module("lessons.pages.running.figures").warm_up()
