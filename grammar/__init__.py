"""The grammar files, shipped as the package ``sibdsl.grammar`` so that they are found once installed."""
