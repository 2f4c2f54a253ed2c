"""Facts into entities: which fact wins, and why."""
