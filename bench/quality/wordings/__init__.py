"""Templates under stress: invented ads of another make than the synthetic world's, edited in known ways."""
