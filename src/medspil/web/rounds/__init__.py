"""Pages of allocations: rounds, their rows, the board, and making links of it."""
