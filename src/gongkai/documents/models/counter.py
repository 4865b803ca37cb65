from django.db import models


class Counter(models.Model):
    """A series of numbers (索引号、文号、案号): the next one is taken from a locked row, never reused."""

    series = models.CharField(max_length=120, unique=True)
    last = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.series}: {self.last}"
