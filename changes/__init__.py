"""Changes: from a request through risk, approval and a free window to a review of what it did."""
