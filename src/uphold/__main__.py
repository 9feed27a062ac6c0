"""`python -m uphold`: the command line."""

import sys

from uphold.cli import main

if __name__ == "__main__":
    sys.exit(main())
