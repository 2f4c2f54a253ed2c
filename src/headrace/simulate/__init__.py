"""A small England of council web servers on this machine, with the faults that are met in real life."""
