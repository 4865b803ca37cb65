"""Classification marks (密级标志): the rule is the core's."""

from gongkai_core.marks import ARTICLE, find_mark

__all__ = ["ARTICLE", "find_mark"]
