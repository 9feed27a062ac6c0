"""The server's own settings, over a folder and a database of the tests' own.

`UPHOLD_TEST_DATABASE=postgresql` starts a PostgreSQL of the tests' own and runs on that.
"""

import atexit
import os
import tempfile

from tests.server.postgresql import started

_data = tempfile.TemporaryDirectory(prefix="uphold-tests-")
atexit.register(_data.cleanup)

for _name in [each for each in os.environ if each.startswith("UPHOLD_")]:
    if not _name.startswith(("UPHOLD_TEST_", "UPHOLD_WRITE_")):
        del os.environ[_name]
os.environ["UPHOLD_DATA"] = _data.name
os.environ["UPHOLD_SECRET_KEY"] = "a key that signs nothing but tests"
os.environ["UPHOLD_HOSTS"] = "testserver,localhost,127.0.0.1"
os.environ["UPHOLD_WORKER"] = "no"
if os.environ.get("UPHOLD_TEST_DATABASE") == "postgresql":
    os.environ["UPHOLD_DATABASE"] = started()

from uphold.server.settings import *  # noqa: E402, F403

# A file, as in production: a database in memory could not be shared by threads and a live server.
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # noqa: F405
    DATABASES["default"]["TEST"] = {"NAME": f"{_data.name}/test.sqlite3"}  # noqa: F405
