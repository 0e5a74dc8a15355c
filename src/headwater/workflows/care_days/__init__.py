"""Days in care of every child, from episodes by the million."""
