"""What the real pystac makes of templates and items, but for what the port leaves out on purpose."""

import re
import warnings

import pystac
from pystac.layout import LayoutTemplate

ADDRESS = re.compile(r" at 0x[0-9a-f]{6,}>")

warnings.simplefilter("ignore")

# Where several former names of an extension are declared, pystac replaces one of them, and which one hangs on the
# hash seed. The port takes the first of these.
for hooks in pystac.EXTENSION_HOOKS.hooks.values():
    type(hooks).prev_extension_ids = sorted(hooks.prev_extension_ids, key=lambda name: (name.startswith("http"), name))


class Template(LayoutTemplate):
    """A template that does not find what prints with its address in memory."""

    def _get_template_value(self, stac_object, template_var):
        value = super()._get_template_value(stac_object, template_var)
        if template_var in self.ITEM_TEMPLATE_VARS or not is_unprintable(value):
            return value
        if template_var in self.defaults:
            return self.defaults[template_var]
        raise pystac.TemplateError(f"Cannot find property {template_var} on {stac_object} for template {self.template}")


def is_unprintable(value):
    try:
        return not isinstance(value, (str, int, float, dict)) and bool(ADDRESS.search(str(value)))
    except ValueError:
        return False


def ask_pystac(template, defaults, item):
    """`{"text"}`, or `{"error"}` as the port answers it."""
    try:
        filled = Template(template, defaults)
        return {"text": filled.substitute(pystac.Item.from_dict(item))}
    except Exception as error:
        return {"error": {"type": type(error).__name__, "message": str(error)}}
