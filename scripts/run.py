"""`make run`: set up what is missing, build the demonstration county once, then become `gongkai site run`.

The county lives in `var/demo` with everything it needs. It is built beside that folder and renamed when it is
complete, so an interrupted first start leaves nothing half done. `make run FRESH=1` builds it anew, laid out for
today: an older county is kept, with whatever a visitor did in it, and its lamps have gone on with the calendar.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import house

HOME = house.ROOT / "var" / "demo"
DAY = "laid-out-for"
"""The file in the county's folder that says for which day it was laid out."""


def build_county(gongkai: str, environment: dict[str, str], day: date) -> None:
    partial = HOME.with_suffix(".partial")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    house.say("正在建立演示县数据…")
    done = subprocess.run(
        [gongkai, "site", "demo", f"--today={day}"], env={**environment, "GONGKAI_HOME": str(partial)}, check=False
    )
    if done.returncode:
        house.stop("演示县数据未能建成，请看上面的原因。")
    (partial / DAY).write_text(f"{day}\n")
    shutil.rmtree(HOME, ignore_errors=True)
    partial.rename(HOME)


def tell_its_day(home: Path, today: date) -> None:
    """An older county says so: a lamp that was yellow when it was laid out may be red by now."""
    day = (home / DAY).read_text().strip() if (home / DAY).exists() else ""
    if day != str(today):
        house.say(f"演示县按 {day or '较早的一天'} 布置，灯号已随日子变化；按今天重新布置：make run FRESH=1")


def main() -> None:
    house.end_children_when_told()
    programs, built = house.environment("run")
    # Asking apt costs minutes where there is no network, so it is asked once, on the first start.
    if built:
        house.ensure_antiword()
    if not (house.ensure_fonts() if built else house.fonts_present()):
        house.say("未找到中文字体，PDF 导出暂不可用；安装后重新启动即可：sudo apt-get install fonts-noto-cjk")
    os.chdir(house.ROOT)
    gongkai = str(Path(programs) / "gongkai")
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    # Beijing's day, as everywhere in the site.
    today = datetime.now(timezone(timedelta(hours=8))).date()
    if not HOME.exists() or os.environ.get("FRESH"):
        build_county(gongkai, environment, today)
    tell_its_day(HOME, today)
    os.execve(gongkai, [gongkai, "site", "run"], {**environment, "GONGKAI_HOME": str(HOME)})


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        house.stop("已停止。")
