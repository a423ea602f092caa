"""What is known of each form service."""
