"""The nouns of the service: frozen records that import nothing else of Headrace."""
