"""Charts drawn on the server: ECharts in QuickJS makes the SVG that page, Word and PDF all show."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from pathlib import Path
from threading import local
from typing import Any

import quickjs
import resvg_py

from gongkai.annualreport.charts import Chart
from gongkai.documents import fonts

_ECHARTS = Path(__file__).parent / "vendor" / "echarts-6.1.0" / "echarts.common.min.js"
HUE, INK, SOFT = "#0B5CAB", "#1D2129", "#4A5160"
FACES = "Noto Sans CJK SC, Source Han Sans SC, PingFang SC, Microsoft YaHei, sans-serif"
WIDTH, ROW, COLUMN_HEIGHT = 640, 34, 230
# QuickJS has no timers; a chart drawn without animation needs none. normalize() flattens the concatenated
# string, which quickjs-ng can't hand over as it is.
_PRELUDE = "function setTimeout() { return 0 } function clearTimeout() {}; 0"
_DRAW = """
function draw(option, width, height) {
  const chart = echarts.init(null, null, {renderer: "svg", ssr: true, width, height});
  chart.setOption(JSON.parse(option));
  const drawn = chart.renderToSVGString({useViewBox: true});
  chart.dispose();
  return drawn.normalize();
}
0
"""
_of_thread = local()


@lru_cache(maxsize=64)
def svg(chart: Chart) -> str:
    """The chart as SVG without style sheets or style attributes (the pages' CSP admits none)."""
    height = COLUMN_HEIGHT if chart.upright else ROW * len(chart.rows) + 12
    drawn = _context().get("draw")(json.dumps(_option(chart)), WIDTH, height)
    return _plain(drawn, chart.alt)


def png(chart: Chart, scale: float = 3) -> bytes:
    """The same picture for Word, `scale` pixels to a unit. Raises FontsMissing rather than draw empty boxes."""
    family = fonts.faces().heading[0]
    drawn = svg(chart).replace(FACES, family)
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=drawn,
            zoom=scale,
            background="#ffffff",
            skip_system_fonts=True,
            font_files=[str(fonts.file_of(family))],
        )
    )


def _context() -> Any:
    """ECharts loaded once a thread: a QuickJS context belongs to the thread that made it."""
    if not hasattr(_of_thread, "context"):
        context = quickjs.Context()
        context.eval(_PRELUDE)
        context.eval(_ECHARTS.read_text("utf-8") + ";0")
        context.eval(_DRAW)
        _of_thread.context = context
    return _of_thread.context


def _option(chart: Chart) -> dict[str, Any]:
    text = {"fontFamily": FACES, "fontSize": 14, "color": INK, "textBorderWidth": 0}
    names = [label for label, _ in chart.rows]
    categories = {
        "type": "category",
        "data": names,
        "axisLine": {"show": chart.upright, "lineStyle": {"color": "#C5CAD3"}},
        "axisTick": {"show": False},
        "axisLabel": {**text, "color": SOFT, "interval": 0},
        "inverse": not chart.upright,
    }
    values = {"type": "value", "min": 0, "show": False}
    longest = max(len(name) for name in names)
    room = {"left": 14 * longest + 16, "right": 70, "top": 4, "bottom": 4}
    return {
        "animation": False,
        "grid": {"left": 8, "right": 8, "top": 28, "bottom": 26} if chart.upright else room,
        "xAxis": categories if chart.upright else values,
        "yAxis": values if chart.upright else categories,
        "series": [
            {
                "type": "bar",
                "data": [float(value) for _, value in chart.rows],
                "barWidth": 44 if chart.upright else 16,
                "itemStyle": {"color": HUE},
                "label": {"show": True, "position": "top" if chart.upright else "right", **text},
            }
        ],
    }


def _plain(drawn: str, alt: str) -> str:
    """Take out what only a browser's pointer needs, and write styles as attributes."""
    drawn = re.sub(r"<style\b.*?</style>", "", drawn, flags=re.DOTALL)
    drawn = re.sub(r' (?:class|ecmeta_\w+|pointer-events|baseProfile)="[^"]*"', "", drawn)
    drawn = re.sub(r' style="([^"]*)"', _attributes, drawn)
    label = alt.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    return drawn.replace("<svg ", f'<svg role="img" aria-label="{label}" ', 1)


def _attributes(style: re.Match[str]) -> str:
    pairs = (entry.split(":", 1) for entry in style[1].split(";") if ":" in entry)
    return "".join(f' {name.strip()}="{value.strip()}"' for name, value in pairs)
