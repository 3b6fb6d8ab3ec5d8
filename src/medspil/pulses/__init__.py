"""How partnerships go for their sides, asked at a rhythm they chose; and short news from one side to the others."""
