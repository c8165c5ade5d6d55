"""Draw the first template.docx of a form: ``python -m scripts.draw_forms F10``. Afterwards the .docx is edited in a word processor."""
