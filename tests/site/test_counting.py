"""Counts that all workers share outlast a flood of others, and go when their time is over."""

from __future__ import annotations

from pathlib import Path

from gongkai.config.counting import CountingCache

FLOOD = 400
"""More than Django's file cache keeps."""


def test_a_flood_of_addresses_drives_no_count_out(tmp_path: Path) -> None:
    counts = CountingCache(str(tmp_path), {})
    counts.set("wrong-password", 4, 600)
    for number in range(FLOOD):
        counts.set(f"address-{number}", 1, 600)
    assert counts.get("wrong-password") == 4
    assert all(counts.get(f"address-{number}") == 1 for number in range(FLOOD))


def test_what_has_run_out_leaves_no_file(tmp_path: Path) -> None:
    counts = CountingCache(str(tmp_path), {})
    counts.set("over", 1, -1)
    counts.set("runs", 1, 600)
    counts.sweep()
    assert len(list(tmp_path.glob("*.djcache"))) == 1 and counts.get("runs") == 1
