from typing import Any

from django.core.management.base import BaseCommand, CommandError

from gongkai.operations.invariants import check_all


class Command(BaseCommand):
    help = "核对不变式：公开条目有他人批准、期限等于重算、留痕相连、每个公开条目有其页面"

    def handle(self, *args: Any, **options: Any) -> None:
        broken = 0
        for invariant in check_all():
            mark = "成立" if invariant.holds else "不成立"
            self.stdout.write(f"  {mark}　{invariant.name}（核了 {invariant.checked:,} 项）")
            for line in invariant.broken[:10]:
                self.stdout.write(f"          {line}")
            broken += not invariant.holds
        if broken:
            raise CommandError(f"有 {broken} 条不变式不成立")
