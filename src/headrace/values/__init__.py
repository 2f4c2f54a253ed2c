"""Field types: each module reads the text of one kind of value into its published form, or says what is wrong."""
