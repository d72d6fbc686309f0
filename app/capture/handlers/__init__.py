"""One file per back end; `app.capture.main` chooses."""
