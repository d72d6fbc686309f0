"""`python -m engine.training`: the same as `aside train`."""

import sys

from engine.training.command import main

sys.exit(main(sys.argv[1:]))
