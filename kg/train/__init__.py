"""Training of the language model; needs the extra ``train``. Nothing here is imported at run time."""
