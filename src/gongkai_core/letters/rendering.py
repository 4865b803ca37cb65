"""Letters as structured text, for the .docx and .pdf of the site to lay out (GB/T 9704—2012)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from gongkai_core.letters.additions import Addition, given_lines, lines
from gongkai_core.letters.catalogue import FIRST_DAY, LETTERS, Letter
from gongkai_core.letters.template import Value, as_text, substitute, variables_in
from gongkai_core.letters.variables import VARIABLE_LABELS
from gongkai_core.refusals import Refusal, Refused

_REMEDIES: Final = ("remedy", "remedy_withheld", "remedy_disclosed")
_LINES: Final = {
    "{organ}": "letterhead",
    "{title}": "title",
    "{docno}": "number",
    "{addressee}：": "addressee",
    "{organ}（印章）": "signature",
    "{signed_on}": "date",
}


@dataclass(frozen=True, slots=True)
class Block:
    """One line or paragraph, in the order of the paper.

    `kind`: letterhead 发文机关, title, number 文号, addressee 称谓, paragraph (indented), line (of a form, not
    indented), remedy 救济, closing 结束语, signature (the organ; its seal goes here), date 成文日期.
    `blank_before` counts the empty lines before it, which forms leave for handwriting. `line` is the number of the
    template's line that it comes from, so that an office's own layout finds its place again.
    """

    kind: str
    text: str
    blank_before: int = 0
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class RenderedLetter:
    """A letter with every variable filled. `record` holds what is kept in the trail and never printed."""

    code: str
    name: str
    kind: str
    blocks: tuple[Block, ...]
    blank_after: int
    record: Mapping[str, str]

    def texts(self, kind: str) -> tuple[str, ...]:
        """The texts of all blocks of one kind."""
        return tuple(block.text for block in self.blocks if block.kind == kind)

    @property
    def title(self) -> str:
        return "".join(self.texts("title"))

    @property
    def number(self) -> str:
        """The 文号, or nothing where the paper bears none."""
        return "".join(self.texts("number"))

    @property
    def addressee(self) -> str:
        """The line of address with its colon, or nothing."""
        return "".join(self.texts("addressee"))

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """What the paper says between address and signature, without remedy and closing."""
        return tuple(block.text for block in self.blocks if block.kind in ("paragraph", "line"))

    @property
    def remedy(self) -> tuple[str, ...]:
        return self.texts("remedy")

    @property
    def signature(self) -> str:
        """The organ that signs and seals, or nothing."""
        return "".join(self.texts("signature"))

    @property
    def signed_on(self) -> str:
        """The 成文日期 as printed, or nothing."""
        return "".join(self.texts("date"))

    @property
    def text(self) -> str:
        """The whole paper as plain text, （印章） where the seal goes."""
        parts = []
        for block in self.blocks:
            parts.append("\n" * block.blank_before)
            parts.append(block.text + ("（印章）" if block.kind == "signature" else "") + "\n")
        return "".join(parts)


def render(
    letter_code: str,
    variables: Mapping[str, Value | None],
    *,
    received_on: date | None,
    outcome: str | None = None,
    remedy: Sequence[str] = (),
    delivered_by: str | None = None,
    additions: Sequence[Addition] = (),
) -> RenderedLetter:
    """Fill the letter `letter_code`, with what the office adds to it (`check_additions` has passed it).

    `variables`: text, numbers or days by name; `title` is the letter's own name where it isn't given, and
    `received_on` is the case's. `received_on` None says that there is no case behind the paper (a blank
    form). `outcome`: needed for letters that answer an application. `remedy`: the sentences of
    `remedy_clause`; remedies are never typed by hand. `delivered_by`: in_person, online, post_registered, …;
    only the first two let a date be printed that runs from receipt (domain-spec §11.6, 39).

    Raises LookupError for an unknown letter, Refused with the codes old_law, wrong_letter,
    undeclared_variable, typed_remedy, missing_variable or date_not_printable.
    """
    letter = LETTERS[letter_code]
    _check_case(letter, received_on, outcome)
    _check_names(letter, variables)
    values = {name: as_text(value) for name, value in variables.items()}
    if not values.get("title"):
        values["title"] = letter.name
    if received_on is not None:
        values.setdefault("received_on", as_text(received_on))
    values |= _place_remedy(letter, remedy)
    printed = {name: values.get(name, "") for name in letter.printed}
    _check_filled(letter, printed, outcome)
    _check_dates(letter, printed, delivered_by)
    blocks, blank_after = _blocks(letter, printed, additions)
    record = {name: values[name] for name in letter.record if values.get(name)}
    return RenderedLetter(letter.code, letter.name, letter.kind, blocks, blank_after, record)


def _check_case(letter: Letter, received_on: date | None, outcome: str | None) -> None:
    if received_on is not None and received_on < FIRST_DAY:
        raise Refused(
            Refusal(
                "old_law",
                "2019年5月15日前收到的申请不用模板生成文书，请登记当时发出的原件。",
                "条例（2019年修订）第五十六条",
            )
        )
    if letter.remedy == "by_outcome" and outcome not in letter.triggers:
        raise Refused(
            Refusal("wrong_letter", f"“{letter.name}”不用于所选的办理结果，请按结果选用文书。", "条例第三十六条")
        )


def _check_names(letter: Letter, variables: Mapping[str, Value | None]) -> None:
    unknown = sorted(set(variables) - set(letter.printed) - set(letter.record) - {"title", "received_on"})
    if unknown:
        raise Refused(Refusal("undeclared_variable", f"“{letter.name}”没有这些变量：{'、'.join(unknown)}。"))
    if set(variables) & set(_REMEDIES):
        raise Refused(Refusal("typed_remedy", "救济途径由系统按办理结果和日期生成，不能手工填写。"))


def _place_remedy(letter: Letter, remedy: Sequence[str]) -> dict[str, str]:
    """Two sentences go to the two places of 部分公开; otherwise all of it is one text."""
    places = [name for name in _REMEDIES if name in letter.printed]
    if not remedy:
        return {}
    if not places or len(remedy) > len(places):
        raise Refused(Refusal("typed_remedy", f"“{letter.name}”不写这样的救济途径。", "行政复议法第二十三条"))
    return dict(zip(places, remedy, strict=False))


def _check_filled(letter: Letter, printed: Mapping[str, str], outcome: str | None) -> None:
    needed = [
        *letter.required,
        *(name for name, outcomes in letter.required_when.items() if outcome in outcomes),
    ]
    missing = [VARIABLE_LABELS[name] for name in needed if not printed[name]]
    if missing:
        raise Refused(Refusal("missing_variable", f"“{letter.name}”还缺：{'、'.join(missing)}。", "条例第三十六条"))


def _check_dates(letter: Letter, printed: Mapping[str, str], delivered_by: str | None) -> None:
    for name, ways in letter.date_only_when.items():
        if printed[name] and delivered_by not in ways:
            raise Refused(
                Refusal(
                    "date_not_printable",
                    f"“{VARIABLE_LABELS[name]}”从收件人收到时起算，当面或者网上送达时才可以印出日期，"
                    "其他送达方式只写期间。",
                    "条例第三十二条；信息处理费管理办法第六条",
                )
            )


def _blocks(letter: Letter, printed: Mapping[str, str], additions: Sequence[Addition]) -> tuple[tuple[Block, ...], int]:
    """Cut the template into lines first, so that no value can pass for a heading or a signature."""
    blocks: list[Block] = []
    blank = 0
    for line in lines(letter, additions, dict(printed)):
        if line is None:
            blank += 1
            continue
        kind = _body_kind(letter) if line.added else _kind(letter, line.text, first=not blocks)
        for text in _printed(kind, line.text, printed):
            blocks.append(Block(kind, text, blank, line.number))
            blank = 0
    tail = letter.template[len(letter.template.rstrip("\n")) :]
    return tuple(blocks), max(0, len(tail) - 1)


def _kind(letter: Letter, line: str, *, first: bool) -> str:
    if line in _LINES:
        return _LINES[line]
    if first:
        return "title"  # forms and papers of a suit begin with their name
    names = variables_in(line)
    if names and line == f"{{{names[0]}}}" and names[0] in _REMEDIES:
        return "remedy"
    if line.startswith("特此"):
        return "closing"
    return _body_kind(letter)


def _body_kind(letter: Letter) -> str:
    return "line" if letter.kind in ("form", "internal") else "paragraph"


def kinds_of_lines(letter: Letter) -> tuple[str, ...]:
    """The kind of block that each of `given_lines` becomes."""
    return tuple(_kind(letter, line, first=number == 0) for number, line in enumerate(given_lines(letter)))


def _printed(kind: str, line: str, values: Mapping[str, str]) -> Iterable[str]:
    return substitute(line.removesuffix("（印章）") if kind == "signature" else line, values)
