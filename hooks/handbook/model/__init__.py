"""The words of the handbook as frozen pydantic models; one module per noun. No input or output here."""
