"""Through which door? The command line, the web API, settings and composition; nothing imports this room."""
