"""From bytes to papers with fields: the only stage that touches PDF, image and OCR libraries."""
