"""Domain objects put together into what is shown: checklists, documents, duties of a year, figures. Pure functions."""
