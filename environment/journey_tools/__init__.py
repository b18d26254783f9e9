"""What stands behind the commands in environment/; it runs in .venv."""
