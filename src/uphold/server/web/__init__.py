"""The shell of every page: templates, styles, words, the viewer's zone and language."""
