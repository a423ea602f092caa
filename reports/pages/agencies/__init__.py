"""One Agency One Innovation, each agency's page, letters."""
