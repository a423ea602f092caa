"""What people typed to what they meant: titles, agencies, people, submissions."""
