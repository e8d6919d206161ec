"""The web API and the built interface: guests of the desk, on loopback only."""
