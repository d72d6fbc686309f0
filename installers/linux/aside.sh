#!/bin/sh
# Aside in its own environment, whatever the user's variables and folder hold for other Pythons.
unset PYTHONPATH PYTHONHOME PYTHONSTARTUP
export PYTHONSAFEPATH=1 PYTHONNOUSERSITE=1 PYTHONDONTWRITEBYTECODE=1
exec /usr/lib/aside/env/bin/python -m app.cli "$@"
