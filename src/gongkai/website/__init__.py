"""门户: home, topics, navigation."""
