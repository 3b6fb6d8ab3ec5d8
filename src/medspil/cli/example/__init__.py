"""The example: four areas of the two source documents, and a made-up register around them."""
