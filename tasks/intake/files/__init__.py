"""The bytes of a delivered file -> grids of text cells. Tables and headings are not known here."""
