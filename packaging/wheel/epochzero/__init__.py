"""The linter for neural-network configs. The program is a binary beside Python's own; `python -m epochzero` runs it too."""
