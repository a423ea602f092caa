"""The kipp command: options, usage, progress; the only place that exits."""
