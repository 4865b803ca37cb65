"""机关人员: organs, people, posts, the office's calendar and settings."""
