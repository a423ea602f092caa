"""The page One Agency One Innovation, the page of each agency, and the letters to agencies."""
