"""A knowledge graph of international relations out of news articles."""
