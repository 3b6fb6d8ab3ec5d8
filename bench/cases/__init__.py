"""Real partnerships as a yardstick: does the ranking find the company that took the need?"""
