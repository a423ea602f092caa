"""The pages and workbooks for the bureau alone: its page, check, validation, todo.xlsx, sheets."""
