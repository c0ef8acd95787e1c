"""The business modules. `services/README.md` maps them and states who may import whom."""
