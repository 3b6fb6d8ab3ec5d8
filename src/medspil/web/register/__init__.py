"""Pages of the register: look companies up, see how the register stands, bring files in."""
