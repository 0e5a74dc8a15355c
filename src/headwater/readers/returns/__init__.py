"""Read statutory returns: files to typed tables, tables to records, each fault a finding."""
