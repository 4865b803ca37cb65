"""What a text could try to do to its reader (quality bar R26): each payload sets `window.__x` if it ever runs."""

from __future__ import annotations

CALL = "window.__x=1"
TAGS = [
    "script",
    "img src=x",
    "svg",
    "iframe",
    "object",
    "embed",
    "video",
    "audio",
    "body",
    "math",
    "details open",
    "marquee",
    "input autofocus",
    "form",
    "a",
    "style",
    "link",
    "meta",
    "base",
    "template",
    "p",
    "td",
]
EVENTS = [
    "onerror",
    "onload",
    "onclick",
    "onfocus",
    "ontoggle",
    "onmouseover",
    "onanimationstart",
    "onpointerenter",
    "OnErRoR",
    "onerror\t",
    "on\x00error",
]
ADDRESSES = [
    "javascript:{}",
    "JaVaScRiPt:{}",
    "java\tscript:{}",
    "java&#10;script:{}",
    "\x01javascript:{}",
    "data:text/html,<script>{}</script>",
    "vbscript:{}",
    "&#106;avascript:{}",
    "//evil.example/{}",
    "file:///{}",
]
CORPUS = (
    [f'<{tag} {event}="{CALL}">甲</{tag.split()[0]}>' for tag in TAGS for event in EVENTS]
    + [f'<{tag} {name}="{address.format(CALL)}">乙</{tag.split()[0]}>' for tag in TAGS for name in ("href", "src", "action", "formaction", "xlink:href", "srcdoc", "style") for address in ADDRESSES[:3]]
    + [f'<a href="{address.format(CALL)}">丙</a>' for address in ADDRESSES]
    + [f"<p>{left}{CALL}{right}</p>" for left, right in (("<script>", "</script>"), ("<scr<script>ipt>", "</script>"), ("<<script>", "<</script>"), ("<!--><script>", "</script>-->"), ("<![CDATA[<script>", "</script>]]>"), ("</p><script>", "</script>"), ("<noscript><p title=\"</noscript><img src=x onerror=", "\">"), ("<svg><style><img src=x onerror=", "></style></svg>"), ("<math><mtext><table><mglyph><style><img src=x onerror=", ">"), ("<xmp><img src=x onerror=", "></xmp>"), ("<textarea><img src=x onerror=", "></textarea>"), ("<title><img src=x onerror=", "></title>"))]
)  # fmt: skip
