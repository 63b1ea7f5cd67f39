"""What machines do to a knowledge base: they die, fill up, lose the line and mix up bits."""
