// Where an item and its assets would be uploaded, and why.
#pragma once

#include "json/value.hpp"
#include "json/writer.hpp"
#include "payload/accessors.hpp"

namespace stactask::task {

/// Write `{"options", "reason", "item", "assets"}` (js/explain.js: UploadExplanation) of an item that has its
/// collection (stactask/task.py: upload_item_to_s3, stactask/asset_io.py: upload_item_assets_to_s3).
/// `definition` is what `process_definition` gave.
void explain_upload(json::Writer& writer, const payload::Located& definition, const json::Value& item);

}  // namespace stactask::task
