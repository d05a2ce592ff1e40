"""Talks to the core's native program, tests/native/oracle."""

import json
import subprocess


class Native:
    def __init__(self, program):
        self.process = subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, engine, *request):
        """The answer to a request of some JSON values, or None where there is none."""
        text = " ".join(json.dumps(value) for value in request)
        self.process.stdin.write(f"{engine} {text}\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"the program died of: {text}")
        return json.loads(line) if line.strip() else None
