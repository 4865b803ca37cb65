"""`python -m bench [NAME]`: run every module of this folder, print a table and then one JSON line per row."""

from __future__ import annotations

import argparse
import importlib
import json
import os
import subprocess
import sys
import time
from pathlib import Path

from bench import CACHE, ROOT, Row

HERE = Path(__file__).resolve().parent
BUSY = 3.0
TOTAL_SECONDS = 3600


def names() -> list[str]:
    return sorted(file.stem for file in HERE.glob("*.py") if not file.stem.startswith("_"))


def one(name: str, output: Path) -> None:
    rows = importlib.import_module(f"bench.{name}").run()
    output.write_text("".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows), encoding="utf-8")


def measure(name: str, seconds: float) -> list[Row] | None:
    """Run one module in a fresh process; None when it failed, after its own words on the terminal."""
    output = CACHE / f"{name}.jsonl"
    output.unlink(missing_ok=True)
    command = [sys.executable, "-m", "bench", "--one", str(output), name]
    try:
        done = subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL, timeout=seconds, check=False)
    except subprocess.TimeoutExpired:
        return None
    if done.returncode or not output.exists():
        return None
    return [json.loads(line) for line in output.read_text(encoding="utf-8").splitlines()]


def figure(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def table(rows: list[Row]) -> None:
    print(f"\n{'name':<34}{'ours':>14}{'peer':>14}{'ratio':>10}  unit, note")
    for row in rows:
        figures = f"{figure(row['ours']):>14}{figure(row['peer']):>14}{figure(row['ratio']):>10}"
        print(f"{row['name']:<34}{figures}  {row['unit']}  {row['note']}")
    print()
    for row in rows:
        print(json.dumps(row, ensure_ascii=False))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--one", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("name", nargs="?", choices=names(), help="measure this alone")
    options = parser.parse_args()
    if options.one:
        one(options.name, options.one)
        return 0
    load = os.getloadavg()[0]
    if load > BUSY and not os.environ.get("FORCE"):
        print(f"The load is {load:.1f}: figures taken now would mean nothing. FORCE=1 measures all the same.")
        return 1
    CACHE.mkdir(parents=True, exist_ok=True)
    rows: list[Row] = []
    failed: list[str] = []
    deadline = time.monotonic() + TOTAL_SECONDS
    for name in [options.name] if options.name else names():
        print(f"measuring {name} …", flush=True)
        measured = measure(name, max(1.0, deadline - time.monotonic()))
        if measured is None:
            failed.append(name)
        else:
            rows += measured
    table(rows)
    if failed:
        print(f"failed or out of time: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
