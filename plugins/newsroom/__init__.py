"""The domain: what a story, a problem, a page are. Knows nothing of Pelican, writes nothing, registers nothing."""
