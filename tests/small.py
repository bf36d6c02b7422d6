"""A small project whose site is quickly built, with a plain theme."""

import shutil

from lessons.pages.publishing.site import HOOK
from sandbox import FIGURE, ROOT, Sandbox

CONFIG = f"""\
site_name: Small
strict: true
hooks: [{HOOK}]
plugins: []
theme: {{name: mkdocs, highlightjs: false}}
markdown_extensions:
  - attr_list
  - md_in_html
  - pymdownx.highlight: {{pygments_lang_class: true, stripnl: false}}
  - pymdownx.superfences
  - lessons.pages.reading.markdown: {{base_path: src/lessons}}
"""
PAGE = f"# A page\n\nWords.\n\n{FIGURE}"


def make_small(sandbox: Sandbox) -> None:
    """Give a sandbox two pages and all that a site needs."""
    root = sandbox.project.root
    (root / "mkdocs.yml").write_text(CONFIG)
    (root / HOOK).parent.mkdir(parents=True)
    shutil.copy(ROOT / HOOK, root / HOOK)
    (root / "docs/index.md").write_text("# Home\n\n[A page](part/page.md)\n")
    sandbox.write(PAGE)
