"""Serves Keystone on a free port of the loopback interface and prints its address.

Keystone reads its own options from the command line: serve.py --config-file keystone.conf
It ends with its standard input and takes the folder in TEMPORARY_FOLDER along, so that neither outlives whoever
started it, even where that was killed.
"""

import os
import shutil
import sys
import threading

from keystone.wsgi.api import application
from waitress import create_server


def end_with_input():
    sys.stdin.buffer.read()
    shutil.rmtree(os.environ["TEMPORARY_FOLDER"], ignore_errors=True)
    os._exit(0)


threading.Thread(target=end_with_input, daemon=True).start()
# One thread: SQLite has one writer at a time, and a test has little to ask.
server = create_server(application, host="127.0.0.1", port=0, threads=1)
print(f"http://127.0.0.1:{server.effective_port}", flush=True)
server.run()
