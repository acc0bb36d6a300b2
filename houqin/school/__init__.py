"""The nouns every area shares: rules, people, places, terms."""
