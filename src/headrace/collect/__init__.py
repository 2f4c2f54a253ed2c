"""The edge to the internet: endpoints are asked politely, and every asking leaves an attempt."""
