"""What the program is set up with: migrations, seeds, decisions, deployment, development."""
