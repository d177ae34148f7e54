"""What leaves the database or the extractor for other programs: attribution JSONL, export JSONL, CSV."""
