#!/usr/bin/env python3
"""Sets Aside up where that has not happened yet, then starts it. Standard library only.

This file is kept readable for old Pythons so that they can say what is wrong; the work is done
in installers/.
"""

import sys

if sys.version_info[:2] < (3, 11):
    sys.exit(
        "Aside needs Python 3.11 or newer, and this is Python " + sys.version.split()[0] + ".\n"
        "Install a newer one and start again with it, for example: python3.11 run.py"
    )

from installers.start import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
