"""The task of bench/lambda.js on Python's stactask: a payload from standard input, the processed one to standard output."""

import json
import sys

from stactask import Task


class KeepClear(Task):
    name = "keep-clear"
    version = "1.0.0"

    def process(self, max_cloud_cover=100):
        return [
            item.to_dict()
            for item in self.items
            if not item.properties.get("eo:cloud_cover", 0) > max_cloud_cover
        ]

    def post_process_item(self, item):
        self.add_software_version_to_item(item)
        return item


json.dump(KeepClear.handler(json.load(sys.stdin)), sys.stdout)
