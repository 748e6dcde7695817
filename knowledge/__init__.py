"""Articles: written, reviewed, published, found and judged by their readers."""
