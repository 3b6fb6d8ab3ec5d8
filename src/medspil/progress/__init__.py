"""How far links and partnerships are, what is missing for the next stage, and who has been silent for too long."""
