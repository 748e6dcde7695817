"""Changes as the API shows them."""
