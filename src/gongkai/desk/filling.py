"""Put kept values back into a form of a rendered page: controls are set, nothing else of the page changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

Pairs = Sequence[tuple[str, str]]
Attributes = list[tuple[str, str | None]]

_NOT_TYPED = ("submit", "button", "image", "reset", "file", "password")


@dataclass
class _Form:
    """A form of the page: where it is sent, and the hidden values by which two of one address differ."""

    target: str
    hidden: dict[str, str] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)


class _Forms(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.page, self.forms = page, list[_Form]()

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            target = urljoin(self.page, given.get("action") or self.page)
            posts = given.get("method", "").lower() == "post"
            self.forms.append(_Form(urlsplit(target).path if posts else ""))
        elif self.forms and (name := given.get("name")):
            self.forms[-1].names.add(name)
            if given.get("type") == "hidden" and name != "csrfmiddlewaretoken":
                self.forms[-1].hidden[name] = given.get("value", "")


def _chosen(html: str, page: str, target: str, pairs: Pairs) -> tuple[int, _Form] | None:
    """Which form the values belong to: sent to the same address, with most hidden values and names in common."""
    reader = _Forms(page)
    reader.feed(html)
    values = dict(pairs)
    fitting = [(number, form) for number, form in enumerate(reader.forms) if form.target == target]
    if not fitting:
        return None

    def likeness(entry: tuple[int, _Form]) -> tuple[int, int, int]:
        number, form = entry
        same = sum(values.get(name) == value for name, value in form.hidden.items())
        return same, len(form.names & values.keys()), -number

    return max(fitting, key=likeness)


class _Filler(HTMLParser):
    """Writes the page again, with the values set in one form and a notice before it."""

    def __init__(self, number: int, pairs: Pairs, notice: str) -> None:
        super().__init__(convert_charrefs=False)
        self.number, self.notice = number, notice
        self.values: dict[str, list[str]] = {}
        for name, value in pairs:
            self.values.setdefault(name, []).append(value)
        self.seen = -1
        self.inside = False
        self.select: str | None = None
        self.swallow = False
        self.out: list[str] = []

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        raw = self.get_starttag_text() or ""
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.seen += 1
            self.inside = self.seen == self.number
            if self.inside:
                self.out.append(self.notice)
        if not self.inside:
            self.out.append(raw)
        elif tag == "input":
            self.out.append(self._input(raw, attrs, given))
        elif tag == "textarea" and given.get("name") in self.values:
            # A browser drops the first newline after the tag, so one is written for it.
            self.out.append(f"{raw}\n{escape(self._next(given['name']), quote=False)}")
            self.swallow = True
        elif tag == "option" and self.select is not None:
            self.out.append(_marked(tag, attrs, "selected", given.get("value", "") in self.values.get(self.select, [])))
        else:
            if tag == "select" and given.get("name") in self.values:
                self.select = given["name"]
            self.out.append(raw)

    def _input(self, raw: str, attrs: Attributes, given: dict[str, str]) -> str:
        name, kind = given.get("name", ""), given.get("type", "text").lower()
        if kind in _NOT_TYPED or name in ("", "csrfmiddlewaretoken"):
            return raw
        if kind in ("checkbox", "radio"):
            return _marked("input", attrs, "checked", given.get("value", "on") in self.values.get(name, []))
        if name not in self.values:
            return raw
        rest = [(key, value) for key, value in attrs if key != "value"]
        return _tag("input", [*rest, ("value", self._next(name))])

    def _next(self, name: str) -> str:
        values = self.values[name]
        return values.pop(0) if len(values) > 1 else values[0]

    def handle_startendtag(self, tag: str, attrs: Attributes) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.swallow = False
        if tag == "select":
            self.select = None
        if tag == "form":
            self.inside = False
        self.out.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if not self.swallow:
            self.out.append(data)

    def handle_entityref(self, name: str) -> None:
        self.handle_data(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.handle_data(f"&#{name};")

    def handle_comment(self, data: str) -> None:
        self.out.append(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        self.out.append(f"<!{decl}>")


def _tag(name: str, attrs: Attributes) -> str:
    words = [key if value is None else f'{key}="{escape(value)}"' for key, value in attrs]
    return f"<{' '.join([name, *words])}>"


def _marked(name: str, attrs: Attributes, mark: str, on: bool) -> str:
    rest = [(key, value) for key, value in attrs if key != mark]
    return _tag(name, [*rest, (mark, None)] if on else rest)


def fill(html: str, *, page: str, target: str, pairs: Pairs, notice: str) -> tuple[str, list[tuple[str, str]]] | None:
    """The page with the values put back and what found no place in it; None when the form is not there.

    `notice` is HTML that goes before the form.
    """
    chosen = _chosen(html, page, target, pairs)
    if chosen is None:
        return None
    number, form = chosen
    left = [(name, value) for name, value in pairs if name not in form.names and value.strip()]
    filler = _Filler(number, pairs, notice)
    filler.feed(html)
    filler.close()
    return "".join(filler.out), left
