"""From mentions to known actors: canonical names, states and sectors, by lexicon and context."""
