"""The command line: parses, calls a workflow, prints. The only importer of Typer and Rich."""
