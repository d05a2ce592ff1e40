"""Asks the core, by way of stactask_oracle."""

import json
import subprocess
from pathlib import Path

PROGRAM = Path(__file__).resolve().parent.parent.parent / "build/native/tests/native/oracle/stactask_oracle"


class NativeOracle:
    """One engine of the program, while it runs."""

    def __init__(self, engine):
        self.engine = engine

    def __enter__(self):
        self.process = subprocess.Popen([PROGRAM], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait()

    def ask(self, question):
        self.process.stdin.write(f"{self.engine} {json.dumps(question)}\n".encode("ascii"))
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"the core gave up on {question!a}")
        return json.loads(line)
