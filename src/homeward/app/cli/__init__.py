"""The command line: one small function a command, over the functions of the desk."""
