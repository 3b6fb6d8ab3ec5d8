"""From a need to companies: rankings with reasons, and the shortlist that grows out of them."""
