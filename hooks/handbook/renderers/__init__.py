"""What is composed into what people open: pages, Word, Excel, calendar, JSON, search data. One module per format."""
