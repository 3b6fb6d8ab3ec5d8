"""A made-up register of the country in the shape of the Datafordeler's file downloads, and its import measured."""
