"""One file a back end; app.sound.loopback.main chooses."""
