"""What a frozen Aside starts with.

A frozen program is its own Python: where the app starts `sys.executable -P -m MODULE` (the engine,
the helpers for sound and keys), it starts this again, which then runs that module.
"""

import multiprocessing
import runpy
import sys


def main() -> int:
    multiprocessing.freeze_support()
    if sys.argv[1:2] == ["-P"]:  # nothing is looked for in the current folder anyway
        del sys.argv[1]
    if sys.argv[1:2] == ["-m"] and len(sys.argv) > 2:
        module = sys.argv[2]
        sys.argv = sys.argv[2:]
        runpy.run_module(module, run_name="__main__", alter_sys=True)
        return 0
    from app.cli import main as aside

    return aside()


if __name__ == "__main__":
    sys.exit(main())
