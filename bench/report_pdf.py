"""The annual report's PDF beside LibreOffice, which converts the same report's .docx.

One report with all its parts, tables and charts. Warm: the compiler has set a paper before, as in a running site, and gets
another text each time, so that nothing is remembered. Cold: the first paper of a new process, with its fonts to be found
and the charts to be drawn; Django's own start is not the compiler's. LibreOffice converts without a window, its profile made beforehand. Where it is not installed (`soffice` on the
path, or SOFFICE=), the row says so. No chart may be missing in either file, which is looked at first.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from bench import ROOT, Row, keep, site

YEAR, ROUNDS = 2025, 5
GOAL_WARM, GOAL_COLD = 20, 5
_COLD = """
import time
import django
django.setup()
from gongkai.annualreport import exports
from gongkai.annualreport.models import Report
report = Report.objects.get()
begun = time.perf_counter()
exports.one(report, "pdf")
print(time.perf_counter() - begun)
"""


def run() -> list[Row]:
    if site("report_pdf"):
        _write_report()
        keep("report_pdf")
    from gongkai.annualreport import exports
    from gongkai.annualreport.content import document
    from gongkai.annualreport.models import Report

    report = Report.objects.get()
    content = document(report)
    word, pdf = exports.one(report, "docx"), exports.one(report, "pdf")
    charts = len(content.pictures)
    assert charts, "the report has no chart"
    assert len(re.findall(rb"/S\s*/Figure", pdf)) == charts, "a chart is missing in the PDF"
    others = [_other(content, n) for n in range(1, ROUNDS + 1)]
    warm = [_seconds(partial(exports.FORMATS["pdf"], other)) for other in others]
    cold = [_cold() for _ in range(ROUNDS)]
    peer = _libre_office(word, charts)
    return [_row("warm", warm, peer, GOAL_WARM, charts), _row("cold", cold, peer, GOAL_COLD, charts)]


def _row(name: str, ours: list[float], peer: list[float] | None, goal: int, charts: int) -> Row:
    words = f"with {charts} charts; peer: LibreOffice converting the .docx; goal ≥{goal} ×"
    if peer is None:
        words = f"skipped beside LibreOffice: no soffice on this machine (SOFFICE= says where it is); goal ≥{goal} ×"
    beside = None if peer is None else median(peer)
    return {
        "name": f"annual report: PDF, {name}", "ours": median(ours), "peer": beside,
        "ratio": None if beside is None else beside / median(ours), "unit": "s", "note": words,
    }  # fmt: skip


def _seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _other(content: Any, number: int) -> Any:
    """The report with another text in every paragraph and another figure in every cell."""
    from gongkai.annualreport.content import Paragraph, Table

    def changed(block: Any) -> Any:
        if isinstance(block, Paragraph):
            return replace(block, text=f"{block.text}（第{number}稿）")
        if isinstance(block, Table):
            rows = [
                [replace(box, text=f"{box.text}{number}") if box.cell else box for box in row] for row in block.rows
            ]
            return replace(block, rows=rows)
        return block

    blocks = tuple(changed(block) for block in content.blocks)
    return replace(content, title=f"{content.title}（第{number}稿）", blocks=blocks)


def _cold() -> float:
    """Seconds that the first PDF of a new process takes."""
    done = subprocess.run([sys.executable, "-c", _COLD], cwd=ROOT, check=True, capture_output=True)
    return float(done.stdout)


def _libre_office(word: bytes, charts: int) -> list[float] | None:
    program = os.environ.get("SOFFICE") or shutil.which("soffice")
    if not program:
        return None
    with tempfile.TemporaryDirectory() as folder:
        given = Path(folder) / "report.docx"
        given.write_bytes(word)
        command = [
            program, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf", "--outdir",
            folder, str(given),
        ]  # fmt: skip

        def convert() -> None:
            subprocess.run(command, check=True, capture_output=True, timeout=300)

        convert()  # makes the profile
        made = (Path(folder) / "report.pdf").read_bytes()
        assert made.startswith(b"%PDF"), "LibreOffice made no PDF"
        assert len(re.findall(rb"/Subtype\s*/Image", made)) >= charts, "LibreOffice left a chart out"
        return [_seconds(convert) for _ in range(ROUNDS)]


def _write_report() -> None:
    """A year's report of one organ: figures in all tables, the sentences drafted by the house itself, charts."""
    from datetime import date

    from bench.compilation import _found
    from gongkai.agencies.actions import appoint
    from gongkai.agencies.ledger import Scope
    from gongkai.agencies.models import Installation, User
    from gongkai.annualreport.actions import compile_report
    from gongkai.statistics.models import Snapshot
    from gongkai.statistics.models.snapshot import digest_of
    from gongkai_core.returns import derive, form_for

    _found()
    installation = Installation.current()
    assert installation is not None
    user = User.objects.get(username="bench")
    appoint(user, "statistician", installation.government, by=None, on=date(2020, 1, 1))
    form = form_for(YEAR)
    leaves = {cell: place % 7 * 3 for place, cell in enumerate(form.cell_ids) if not cell.startswith("t2.rule")}
    values = dict(derive(form, dict.fromkeys(form.cell_ids, 0) | leaves))
    Snapshot.objects.create(
        agency=installation.government, whole_region=False, year=YEAR, edition=form.edition, values=values, origins={},
        digest=digest_of(form.edition, values, {}), frozen_by=user,
    )  # fmt: skip
    scope = Scope(installation.government, whole_region=False)
    compile_report(YEAR, scope, by=user, today=date(YEAR + 1, 1, 5))
