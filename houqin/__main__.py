"""python -m houqin is the command houqin."""

import sys

from houqin.site.cli import main

if __name__ == "__main__":
    sys.exit(main())
