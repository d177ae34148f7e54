"""From one laptop to a cluster: shards of articles in, Parquet out, on an existing engine.

Each input file is a shard. What is found in it is written under temporary names and renamed when it is whole, and a
done-mark beside it says from which bytes and by which extractor, so that a run that is killed goes on where it was.
"""
