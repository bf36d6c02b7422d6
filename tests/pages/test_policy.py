"""The content-security policy of a page."""

import re

from lessons.pages.publishing.policy import POLICY, with_policy

PAGE = """<html><head>
<meta charset="utf-8">
<script src="a.js"></script><script>one()</script>
<script id="data" type="application/json">{"a": 1}</script>
</head><body><script>two()
</script><script>one()</script></body></html>"""


def test_the_inline_scripts_of_a_page_are_named_and_no_others() -> None:
    page = with_policy(PAGE)
    (policy,) = re.findall('Content-Security-Policy" content="([^"]*)"', page)
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    # echo -n 'one()' | openssl sha256 -binary | base64
    assert rules["script-src"].split() == [
        "'self'",
        "'sha256-HR7iaask9daLMRRskMI++QeJtjWDOjyPA6lGzYGzKW4='",
        "'sha256-KUcSpvSxT6ZpY6acqJ+PnKqVvcJP86bOsmFTj6jYNDk='",
    ]
    assert rules["default-src"] == "'self'"
    assert "unsafe-eval" not in policy


def test_the_policy_stands_before_all_that_is_loaded() -> None:
    page = with_policy(PAGE)
    assert page.index("Content-Security-Policy") < page.index("<script")
    assert POLICY.sub(b"", page.encode()).decode() == PAGE
