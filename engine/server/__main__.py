"""`python -m engine.server`: what the app starts as its child."""

import sys

from engine.server.command import main

sys.exit(main(sys.argv[1:]))
