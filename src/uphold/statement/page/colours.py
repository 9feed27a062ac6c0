"""The colours of drawings on paper: printers read a drawing without the page's style sheet.

On screens the style sheet's own hold, which have a dark side; the tests hold both to each other.
"""

from __future__ import annotations

from typing import Final

INK: Final = "#16202a"
MUTED: Final = "#55626e"
PAPER: Final = "#ffffff"
ACCENT: Final = "#0b6566"
UP: Final = "#5f9f99"
BAND: Final = "#a9cfcb"
RIM: Final = "#a3adb6"
