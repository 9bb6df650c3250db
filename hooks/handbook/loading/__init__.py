"""Files into models with their positions; the only layer that knows YAML and front matter."""
