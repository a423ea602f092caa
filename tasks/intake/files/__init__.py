"""The bytes of a delivered file to grids of text cells. Tables and headings are not known here."""
