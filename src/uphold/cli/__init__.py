"""The command line: `uphold check`, `test`, `clocks`, `explain` and the others."""

from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; gives 0 fine, 1 problems or misses found, 2 unusable input.

    `arguments` are those after the program's name; without them, the process's own.
    """
    from uphold.cli.running import run

    return run(arguments)
