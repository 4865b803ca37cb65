from typing import Any

from django.core.management.base import BaseCommand, CommandError

from gongkai.trail.chain import verify


class Command(BaseCommand):
    help = "核验留痕链：逐条重算摘要，与链头比对"

    def handle(self, *args: Any, **options: Any) -> None:
        verdict = verify()
        if not verdict.holds:
            where = f"第 {verdict.broken_at} 条：" if verdict.broken_at else ""
            raise CommandError(f"留痕核验不通过：{where}{verdict.reason}")
        self.stdout.write(f"留痕核验通过：{verdict.length} 条，链头 {verdict.head[:16]}…")
