// What a task does to an item, decided: the host changes the item, of which only what is looked at comes
// here.
#pragma once

#include <string>
#include <string_view>

namespace stactask::task {

enum class ItemChange : unsigned char {
  post_process,  // stactask/task.py: Task._post_process_item
  software,      // stactask/task.py: Task.add_software_version_to_item
  derive,        // stactask/task.py: Task.create_item_from_item
};

/// `text` is an item, as far as the change looks at it: `stac_extensions`, with `software` what kind of value
/// `properties` is, and with `derive` each link's `rel` and `href`. It is followed by `json::text_padding`
/// zero bytes. Returns
///   post_process  `[2, 0, 1]`: the sorted order of `stac_extensions`
///   software      `[0, 2]`: the elements of `stac_extensions` that stay, of which the one behind the last is
///                 the schema of the processing extension; without duplicates, in the order of the first of
///                 each
///   derive        `[3]`: the link to what the item is derived from
/// or nothing where there is nothing to do, and `{"error": {"type", "message"}}` where Python raises.
std::string item_change(std::string_view text, ItemChange change);

}  // namespace stactask::task
