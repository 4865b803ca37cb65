"""留痕: the append-only, hash-chained log of acts."""
