"""Scripts that are handed out with an export of the audit log and need nothing of ours to run."""
