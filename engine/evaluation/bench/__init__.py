"""`aside bench`: how fast Aside is on this machine, part by part."""
