"""From a file to upright pages of text with boxes: each page by its text layer or by OCR, whichever tells the truth."""
