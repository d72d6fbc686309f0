"""What Aside sees: cameras, the screen, and tapes that stand for either.

Read in this order: models (what flows, and what a back end is), main (which one is taken here),
privacy (what must never be in a picture), screen and camera (an open source), lookout (its
thread), desk (the whole behind one small face).
"""
