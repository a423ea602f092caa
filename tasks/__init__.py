"""The steps, as plain functions: frames in, frames out. No Prefect, no HTML."""
