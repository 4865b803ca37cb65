"""公文文书: templates, numbering, Word, PDF, files and their cipher."""
