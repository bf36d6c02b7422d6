"""The machinery that runs, checks and publishes the pages of the site.

A page is a program. `reading` turns a page into steps, `running` runs them, each page
in a process of its own. Two callers use them: `verifying`, which is pytest's plugin and
`make accept`, and `publishing`, which makes the files of the pages and the site.
"""

import os
import sys

if not hasattr(os, "fork"):
    sys.exit("error: this runs on Linux and macOS; on Windows use WSL")
