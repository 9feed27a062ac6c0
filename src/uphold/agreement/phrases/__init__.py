"""The closed grammar of phrases (docs/language/grammar.md), each phrase from text to a value."""
