"""The service: desks, cases, jobs, storage, web, command line. All side effects are here."""
