"""A static site of a store: papers, their facts with evidence, leaderboards, datasets; see ``docs/report.md``."""
