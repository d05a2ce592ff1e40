"""Records what Python's stactask.Task makes of payloads, items and command lines, into tests/vectors/task.json."""

import contextlib
import copy
import io
import json
import logging
import platform
import re
import warnings
from importlib.metadata import version

from stactask import Task
from task_cases import COMMAND_LINES, ITEMS, PAYLOADS, RUNS
from vector_file import error_of, write_vectors


class MyTask(Task):
    name = "my-task"
    version = "1.2.3"

    def validate(self):
        return not self.payload.get("refuse", False)

    def process(self, **parameters):
        return MyTask.result


def main():
    warnings.simplefilter("ignore")
    cases = [
        *(made(name, payload) for name, payload in PAYLOADS),
        *(changed("post-process", name, item, post_process) for name, item in ITEMS),
        *(changed("software", name, item, add_software) for name, item in ITEMS),
        *(changed("derive", name, item, MyTask.create_item_from_item) for name, item in ITEMS),
        *(run(*case) for case in RUNS),
        *(parsed(args) for args in COMMAND_LINES),
    ]
    write_vectors("task.json", {"python": platform.python_version(), "stactask": version("stactask")}, cases)


def made(name, payload):
    """What making a task raises, or the parameters that it has then."""
    case = {"name": f"make: {name}", "payload": payload}
    return {**case, **outcome(lambda: MyTask(copy.deepcopy(payload), workdir="/tmp").parameters)}


def changed(what, name, item, change):
    case = {"name": f"{what}: {name}", "item": item}
    return {**case, **outcome(lambda: change(copy.deepcopy(item)))}


def post_process(item):
    return MyTask({}, workdir="/tmp")._post_process_item(item)


def add_software(item):
    """The order is that of a set, which is another in each run; sorted, where it can be."""
    result = MyTask.add_software_version_to_item(item)
    result["stac_extensions"].sort(key=lambda each: (type(each).__name__, each))
    return result


def run(name, payload, result, options):
    """What handler gives or raises, and each line of the log: level and message."""
    MyTask.result = result
    lines = []
    handler = logging.Handler()
    handler.emit = lambda record: lines.append([record.levelname, without_path(record.getMessage())])
    logger = logging.getLogger(MyTask.name)
    logger.setLevel(logging.DEBUG)
    logger.handlers = [handler]
    logger.propagate = False
    found = outcome(lambda: MyTask.handler(copy.deepcopy(payload), **options))
    return {"name": f"run: {name}", "payload": payload, "result": result, "options": options, **found, "log": lines}


def without_path(message):
    """A temporary folder has another name in each run."""
    return re.sub("(work directory ).*", r"\1…", message)


def parsed(args):
    """What parse_args gives, or the exit code that it ends the process with."""
    case = {"name": f"command line: {' '.join(args)}", "args": args}
    silent = io.StringIO()
    with contextlib.redirect_stdout(silent), contextlib.redirect_stderr(silent):
        try:
            return {**case, "value": {key: plain(value) for key, value in MyTask.parse_args(args).items()}}
        except SystemExit as exit:
            return {**case, "exit": exit.code}


def plain(value):
    return value if isinstance(value, str | bool) else str(value)


def outcome(call):
    try:
        return {"value": json.loads(json.dumps(call()))}
    except Exception as exception:
        return {"error": error_of(exception)}


if __name__ == "__main__":
    main()
