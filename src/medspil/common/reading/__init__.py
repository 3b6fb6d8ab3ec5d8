"""Opens tables as they come from offices, registers and people: text or workbook, in whatever encoding, row by row.

Which columns there are and what a row means, each room that reads says for itself.
"""
