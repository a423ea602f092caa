"""What `kipp serve` shows in a browser. Pages are made by reports and published by flows.night."""
