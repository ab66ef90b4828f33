"""Work lists: an Excel workbook for each LEA, and CSV files of what the SIS has wrong."""
