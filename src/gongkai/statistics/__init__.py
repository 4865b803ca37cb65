"""统计: filings, figures, rollups, forms."""
