"""Where things are: municipalities and postal areas, distances, borders on the map. Knows nothing of Django."""
