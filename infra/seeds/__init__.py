"""Data to start from: the demo firm, written through the modules' own actions."""
