"""Fill the official forms: a template and the facts of a case become DOCX, ODT and PDF, with the origin of every printed value."""
