"""The words of support work, as frozen types. Read this folder to learn the product."""
