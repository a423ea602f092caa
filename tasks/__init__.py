"""The steps, as plain functions: frames in, frames out. No Prefect and no HTML."""
