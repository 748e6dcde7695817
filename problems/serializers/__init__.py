"""Problems as the API shows them."""
