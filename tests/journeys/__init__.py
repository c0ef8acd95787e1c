"""The main job end to end on the demo firm, in a real browser: each test is named by what a person does."""
