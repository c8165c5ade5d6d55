"""What the service keeps: tables, papers on disk, and the only functions that write and read them."""
