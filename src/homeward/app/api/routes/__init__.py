"""One file a page of the interface; each operation is one call of the desk."""
