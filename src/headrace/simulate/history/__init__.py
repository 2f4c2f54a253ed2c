"""An invented past of the small England: what would be in its event record if Headrace had run there for years."""
