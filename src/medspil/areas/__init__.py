"""Places: their border, programme, status and figures, their challenges and what they lack."""
