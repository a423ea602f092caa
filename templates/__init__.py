"""What the reports are made from: templates, styles, scripts and words. Data, no code."""
