"""The errors that `quotes` raises on purpose; each message is one sentence that ends with the cure.

QuotesError
├── InputError
│   ├── InputMissing
│   ├── NoArticles
│   ├── NotText
│   ├── WrongEncoding
│   ├── EmptyInput
│   ├── InputTooLarge
│   ├── BadAuthority
│   ├── BadRecord
│   ├── BadMapping
│   ├── BadList
│   ├── Encrypted
│   ├── ReaderMissing
│   ├── BadManifest
│   ├── AddressRefused
│   └── FetchFailed
├── StoreError
│   ├── DatabaseMissing
│   ├── DatabaseForeign
│   ├── DatabaseTooNew
│   ├── DatabaseTooOld
│   ├── DatabaseReadOnly
│   ├── DatabaseLocked
│   ├── DatabaseFull
│   ├── DatabaseDamaged
│   ├── SqliteTooOld
│   └── NoSuchRow
├── EvaluationError
│   ├── BadGold
│   └── FloorMissed
├── ServeError
├── ServiceFailed
├── PublishError
└── WorkerDied
"""


class QuotesError(Exception):
    """Anything that `quotes` tells its user in one sentence instead of a traceback."""


class InputError(QuotesError):
    """An input could not be turned into articles."""


class InputMissing(InputError):
    """The named file or folder is not there or may not be read."""


class NoArticles(InputError):
    """A folder holds no file that a reader knows."""


class NotText(InputError):
    """The bytes are a picture, an archive, a program: not text in any encoding."""


class WrongEncoding(InputError):
    """The bytes are text, but not in the encoding that was asked for."""


class EmptyInput(InputError):
    """There is no letter and no digit in it."""


class InputTooLarge(InputError):
    """The file, or one record of it, is over the size limit."""


class BadAuthority(InputError):
    """The authority file does not follow its documented format."""


class BadRecord(InputError):
    """A record, or a file of another structure, is no article or is damaged."""


class BadMapping(InputError):
    """What was given as a mapping names no field, or no column for it."""


class BadList(InputError):
    """A line of a list of inputs names what a list may not lead to."""


class Encrypted(InputError):
    """The file is locked with a password."""


class ReaderMissing(InputError):
    """The package that reads files of this type is not installed."""


class BadManifest(InputError):
    """The manifest of a folder does not follow its documented format."""


class AddressRefused(InputError):
    """An address that is not fetched: of a private network, not of the web, or not for programs to read."""


class FetchFailed(InputError):
    """What stands at an address could not be had."""


class StoreError(QuotesError):
    """The database could not be read or written."""


class DatabaseMissing(StoreError):
    """A look-up was asked of a database file that is not there."""


class DatabaseForeign(StoreError):
    """The file is no SQLite database, or one that `quotes` did not make."""


class DatabaseTooNew(StoreError):
    """The database was made by a newer version of `quotes`."""


class DatabaseTooOld(StoreError):
    """A look-up found a database whose migrations have not been applied yet."""


class DatabaseReadOnly(StoreError):
    """The database, or its folder, may not be written."""


class DatabaseLocked(StoreError):
    """Another process kept the database locked for longer than we waited."""


class DatabaseFull(StoreError):
    """The disk has no room left."""


class DatabaseDamaged(StoreError):
    """SQLite found the file malformed."""


class SqliteTooOld(StoreError):
    """This Python's SQLite lacks STRICT tables (3.37) or FTS5."""


class NoSuchRow(StoreError):
    """No quote or article has the number that was asked for."""


class EvaluationError(QuotesError):
    """Predictions could not be measured against gold."""


class BadGold(EvaluationError):
    """A gold or prediction file is not in the format that its scorer reads."""


class FloorMissed(EvaluationError):
    """A figure fell below its recorded floor, or would be lowered without a reason."""


class ServeError(QuotesError):
    """The database cannot be served as asked: the port is taken, the address is not ours, or its file's name."""


class ServiceFailed(QuotesError):
    """A reconciliation service cannot be reached or answers something else."""


class PublishError(QuotesError):
    """A copy of the database cannot be written where it was asked for."""


class WorkerDied(QuotesError):
    """A process that reads articles for this one was ended from outside, as for want of memory."""


class BatchError(QuotesError):
    """A batch cannot be run, grouped or loaded as asked: no shards, no engine, a folder that cannot be written."""
