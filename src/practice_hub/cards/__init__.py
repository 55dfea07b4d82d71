"""What the Hub reads out of a README: the metadata block of a model card or dataset card."""
