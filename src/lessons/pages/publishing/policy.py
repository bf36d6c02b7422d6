"""What a page may load and run: a content-security policy that names its scripts."""

import base64
import hashlib
import re
from typing import Final

POLICY: Final = re.compile(rb'<meta http-equiv="Content-Security-Policy"[^>]*>')
_RULES = {
    "default-src": "'self'",
    "script-src": "'self'",
    "style-src-attr": "'unsafe-inline'",  # the measures of a formula's parts
    "img-src": "'self' data:",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
}
_INLINE = re.compile(
    r"<script(?P<attributes>(?![^>]*\ssrc=)[^>]*)>(?P<code>.*?)</script>", re.DOTALL
)
_CHARSET = re.compile(r'<meta charset="utf-8" ?/?>')


def with_policy(page: str) -> str:
    """Return the HTML of a page with its policy, before anything that it loads."""
    scripts = (
        m["code"] for m in _INLINE.finditer(page) if "json" not in m["attributes"]
    )
    hashes = dict.fromkeys(map(_digest, scripts))
    rules = {**_RULES, "script-src": " ".join([_RULES["script-src"], *hashes])}
    policy = "; ".join(f"{name} {value}" for name, value in rules.items())
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    return _CHARSET.sub(lambda charset: charset[0] + meta, page, count=1)


def _digest(code: str) -> str:
    digest = hashlib.sha256(code.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
