"""体检: what must be in order for this installation to work, one check a function.

A check returns a `Finding`; it changes nothing. Whatever a check cannot reach is itself a finding.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import stat
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from gongkai.agencies.calendar import office_calendar
from gongkai.agencies.models import Appointment, Installation, Role
from gongkai.agencies.models.person import ADMINISTRATORS
from gongkai.documents import blobs, fonts
from gongkai.documents.models import Blob, Counter
from gongkai.operations import engines
from gongkai.operations.backup import MAX_AGE, last_made_at
from gongkai.outbox.models import Message
from gongkai.trail.chain import verify

LEAST_FREE_SHARE, LEAST_FREE_BYTES = 0.05, 2**30
LATE, OFTEN = timedelta(minutes=15), 5
"""An outbox message that waits longer than LATE, or failed OFTEN times, is a fault."""


class Level(Enum):
    GOOD = "正常"
    NOTE = "注意"
    WRONG = "异常"

    @property
    def label(self) -> str:
        return self.value


@dataclass(frozen=True)
class Finding:
    """What one check found: a sentence, and what to do about it."""

    name: str
    level: Level
    words: str
    hint: str = ""


Check = Callable[[date], tuple[Level, str, str]]


def examine(*, today: date) -> list[Finding]:
    """Run every check, in an order in which the first fault explains those after it."""
    findings = [_run(name, check, today) for name, check in MACHINE.items()]
    if any(finding.level is Level.WRONG for finding in findings if finding.name in ("数据库", "数据库结构")):
        return findings
    return findings + [_run(name, check, today) for name, check in OFFICE.items()]


def _run(name: str, check: Check, today: date) -> Finding:
    try:
        return Finding(name, *check(today))
    except (DatabaseError, sqlite3.Error, OSError) as error:
        return Finding(name, Level.WRONG, f"检查不了：{type(error).__name__}（{error}）", "先处理上面各项")


def _good(words: str) -> tuple[Level, str, str]:
    return Level.GOOD, words, ""


def python(_today: date) -> tuple[Level, str, str]:
    words = f"Python {sys.version.split()[0]}，SQLite {sqlite3.sqlite_version}"
    if sys.version_info < (3, 11):  # noqa: UP036 - what runs may be older than what was installed for
        return Level.WRONG, words, "需要 Python 3.11 或者更新的版本"
    return _good(words)


def database(_today: date) -> tuple[Level, str, str]:
    """Writable, and whole by its own check."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            found = cursor.execute("PRAGMA integrity_check").fetchone()[0]
            loose = cursor.execute("PRAGMA foreign_key_check").fetchone()
        if found != "ok" or loose:
            return Level.WRONG, f"数据库不完整：{found if found != 'ok' else loose}", "停止网站，用最近的备份恢复"
    if not engines.tables():
        return Level.WRONG, "数据库是空的", "先运行 gongkai site init"
    try:
        with transaction.atomic():
            Counter.objects.create(series="doctor")
            transaction.set_rollback(True)
    except DatabaseError as error:
        return Level.WRONG, f"数据库不能写入：{error}", "检查数据目录的属主和权限；磁盘是否只读、已满"
    return _good("SQLite，完整，可写" if connection.vendor == "sqlite" else "PostgreSQL，可写")


def migrations(_today: date) -> tuple[Level, str, str]:
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        return Level.WRONG, f"数据库结构比程序旧，差 {len(waiting)} 步", "先备份，再运行 gongkai site migrate"
    return _good("与程序一致")


def keys(_today: date) -> tuple[Level, str, str]:
    """There, whole, and readable by its owner only."""
    path: Path = settings.KEY_FILE
    if not path.exists():
        return Level.WRONG, f"没有密钥文件 {path}", "从备份或者另存处取回；新装的先运行 gongkai site init"
    found = path.stat()
    if found.st_uid != os.geteuid():
        return Level.WRONG, "密钥文件的属主不是运行本程序的用户", f"chown 改正 {path}"
    if stat.S_IMODE(found.st_mode) & 0o077:
        return Level.WRONG, "密钥文件别人也能读", f"chmod 600 {path}"
    try:
        held = json.loads(path.read_text())
        whole = held["current"] in held["keys"] and bool(held["index"])
    except (ValueError, KeyError, TypeError):
        whole = False
    if not whole:
        return Level.WRONG, "密钥文件的内容不完整", "从备份或者另存处取回"
    return _good("在，只有属主可读")


def font_files(_today: date) -> tuple[Level, str, str]:
    try:
        note = fonts.faces().note
    except fonts.FontsMissing as missing:
        return Level.WRONG, "没有中文字体，不能生成 PDF", f"apt-get install {fonts.PACKAGE}（{missing.refusal.code}）"
    return _good(note or "公文字体齐全")


def disk(_today: date) -> tuple[Level, str, str]:
    usage = shutil.disk_usage(settings.HOME)
    words = f"剩 {usage.free / 2**30:.1f} GB（{usage.free / usage.total:.0%}）"
    if usage.free < LEAST_FREE_BYTES or usage.free < usage.total * LEAST_FREE_SHARE:
        return Level.WRONG, words, f"清理 {settings.HOME} 所在的磁盘；备份移到别处"
    return _good(words)


def installation(_today: date) -> tuple[Level, str, str]:
    found = Installation.current()
    if found is None:
        return Level.WRONG, "还没有初始化", "运行 gongkai site init"
    if found.demonstration:
        return Level.NOTE, "这是演示数据库，其中的县和数据都是虚构的", "正式使用请另建数据目录，运行 gongkai site init"
    return _good(str(found))


def administrators(today: date) -> tuple[Level, str, str]:
    """三员分立: each of the three held, by three people who can log in."""
    posts = Appointment.objects.on(today).filter(role__in=ADMINISTRATORS, user__is_active=True).select_related("user")
    holders: dict[str, set[int]] = {str(role): set() for role in ADMINISTRATORS}
    locked_out = []
    for post in posts:
        holders[post.role].add(post.user_id)
        if not post.user.has_usable_password():
            locked_out.append(f"{post.user.name}（{post.get_role_display()}）")
    missing = [str(Role(role).label) for role, people in holders.items() if not people]
    if missing:
        return Level.WRONG, f"没有{'、'.join(missing)}", "三员由三人分别担任：在“人员岗位”中登记"
    if len(set().union(*holders.values())) < sum(map(len, holders.values())):
        return Level.WRONG, "有人兼任两个管理员", "三员由三人分别担任：在“人员岗位”中改正"
    if locked_out:
        return Level.NOTE, f"还没有设置口令：{'、'.join(locked_out)}", "在“账号链接”中发一次性口令链接"
    return _good("三人分别担任")


def trail(_today: date) -> tuple[Level, str, str]:
    verdict = verify()
    if not verdict.holds:
        where = f"第 {verdict.broken_at} 条" if verdict.broken_at else "末尾"
        return Level.WRONG, f"留痕没有通过核验：{where}，{verdict.reason}", "保留现场，报告审计管理员；与最近的备份比对"
    return _good(f"{verdict.length} 条，全部相连")


def files(_today: date) -> tuple[Level, str, str]:
    """Every file that the database names is there, and a sealed one opens with the key at hand."""
    locations = Blob.objects.values_list("location", flat=True).distinct().iterator()
    missing = [location for location in locations if not default_storage.exists(location)]
    if missing:
        return Level.WRONG, f"缺少 {len(missing)} 个附件文件，例如 {missing[0]}", "从备份中取回"
    sealed = Blob.objects.filter(sealed=True).order_by("pk").last()
    if sealed is not None and not _opens(sealed):
        return Level.WRONG, "加密的文件打不开：密钥不是当时的，或者文件被改动", "取回当时的密钥文件，或者从备份恢复"
    return _good("齐全")


def _opens(blob: Blob) -> bool:
    try:
        blobs.read(blob)
    except Exception:  # wrong key, changed bytes, unreadable key file: all the same here
        return False
    return True


def outbox(_today: date) -> tuple[Level, str, str]:
    waiting = Message.objects.filter(done_at=None)
    failing = waiting.filter(attempts__gte=OFTEN)
    late = waiting.filter(created_at__lt=timezone.now() - LATE)
    if topic := failing.values_list("topic", "last_error").first():
        return Level.WRONG, f"{failing.count()} 项多次没有成功，例如 {topic[0]}（{topic[1]}）", "看 worker 的日志"
    if late.exists():
        return (
            Level.WRONG,
            f"{late.count()} 项等了 15 分钟以上",
            "送达队列没有运行：用 gongkai site run 启动，或者单独运行 gongkai site worker",
        )
    return _good(f"等待 {waiting.count()} 项")


def calendar(today: date) -> tuple[Level, str, str]:
    """放假安排 of this year and, once it is usually out (December), of the next."""
    published = office_calendar().published
    if not published(today.year):
        return Level.WRONG, f"{today.year} 年放假安排没有录入，期限只按周末推算", "政务公开办在“放假安排”中录入"
    if not published(today.year + 1):
        level = Level.WRONG if today.month == 12 else Level.NOTE
        return (
            level,
            f"{today.year + 1} 年放假安排没有录入，跨年的期限是暂定的",
            "通知一般 11 月印发；政务公开办在“放假安排”中录入",
        )
    return _good(f"{today.year}、{today.year + 1} 年已录入")


def backups(_today: date) -> tuple[Level, str, str]:
    made_at = last_made_at()
    if made_at is None:
        return Level.WRONG, "没有做过备份", "运行 gongkai site backup --to 另一块盘"
    words = f"最近一次 {timezone.localtime(made_at):%Y-%m-%d %H:%M}"
    if timezone.now() - made_at > MAX_AGE:
        return (
            Level.WRONG,
            f"{words}，已超过 {MAX_AGE.days} 天",
            "运行 gongkai site backup --to 另一块盘，并设为定时任务",
        )
    return _good(words)


MACHINE: dict[str, Check] = {
    "Python": python,
    "数据库": database,
    "数据库结构": migrations,
    "密钥": keys,
    "字体": font_files,
    "磁盘": disk,
}
OFFICE: dict[str, Check] = {
    "安装": installation,
    "三员": administrators,
    "留痕": trail,
    "附件": files,
    "送达队列": outbox,
    "放假安排": calendar,
    "备份": backups,
}
