"""The board of a formal partnership: who sits on it for whom, its rules of procedure, the money it influences."""
