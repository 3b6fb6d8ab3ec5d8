"""Pages about how far links and partnerships are: stages as board and list, who is silent, handing on to colleagues."""
