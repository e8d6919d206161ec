"""What are things? Frozen values, enums, errors, ids and table schemas; no I/O, no clock, no environment."""
