"""Compiles the written catalogues: `python -m uphold.messages.compile`."""

import sys

from uphold.messages.catalogue import compiled_path
from uphold.messages.catalogue_files import CatalogueError, compiled_bytes
from uphold.messages.languages import LANGUAGES


def compile_all() -> tuple[str, ...]:
    """Writes each language's compiled catalogue where it differs; the languages rewritten."""
    return tuple(language for language in LANGUAGES if _compile(language))


def _compile(language: str) -> bool:
    path = compiled_path(language)
    compiled = compiled_bytes(language)
    if path.exists() and path.read_bytes() == compiled:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(compiled)
    return True


def main() -> int:
    """Compiles and says what changed; 2 where a written catalogue cannot be read."""
    try:
        rewritten = compile_all()
    except CatalogueError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    sys.stdout.write(f"compiled: {', '.join(rewritten) or 'nothing had changed'}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
