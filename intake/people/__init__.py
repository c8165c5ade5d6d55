"""Who may do what: accounts, sessions, mail, the audit log, masking."""
