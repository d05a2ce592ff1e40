#include "task/upload_explanation.hpp"

#include <optional>
#include <string>
#include <string_view>

#include "json/join.hpp"
#include "json/python_text.hpp"
#include "layout/item.hpp"
#include "layout/substitute.hpp"
#include "layout/template.hpp"

namespace stactask::task {

using json::Value;
using payload::Located;

namespace {

// Python: os.path.join of two parts, the second without a slash.
std::string join_path(std::string_view folder, std::string_view name) {
  const bool needs_slash = !folder.empty() && folder.back() != '/';
  return json::join({folder, needs_slash ? "/" : "", name});
}

std::string_view base_name(std::string_view path) { return path.substr(path.rfind('/') + 1); }

void write_error(json::Writer& writer, const layout::Error& error) {
  writer.begin_object().key("error").begin_object();
  writer.key("type").string(error.type);
  writer.key("message").string(error.message);
  if (error.variable) writer.key("variable").string(*error.variable);
  writer.end_object().end_object();
}

// Python fills one template for each file, with the file's name in it.
bool fill(const std::string& text, const layout::Item& item, std::string& url, layout::Error& error) {
  const layout::Template parsed = layout::parse_template(text);
  if (!parsed.error.empty()) {
    error = {"ValueError", std::string(parsed.error), std::nullopt};
    return false;
  }
  if (!layout::substitute(parsed, text, item, {}, url, error)) return false;
  // boto3utils/s3.py: urlparse, which takes addresses of S3 by way of https, too.
  if (url.starts_with("s3://") || url.starts_with("https")) return true;
  error = {"Exception", json::join({"Invalid S3 url ", url}), std::nullopt};
  return false;
}

// What an item's files have in common.
struct Upload {
  std::optional<layout::Item> item;
  layout::Error error;  // why there is none
  const Value* path_template = nullptr;
};

void write_destination(json::Writer& writer, const Upload& upload, std::string_view fallback,
                       std::string_view name) {
  if (!upload.item) return write_error(writer, upload.error);
  const Value* folder = upload.path_template;
  if (folder != nullptr && !folder->is_string()) {
    return write_error(
        writer,
        {"TypeError",
         json::join({"expected str, bytes or os.PathLike object, not ", json::python_type_name(*folder)}),
         std::nullopt});
  }
  std::string url;
  layout::Error error;
  const std::string text =
      join_path(folder != nullptr ? std::string_view(json::string_of(*folder)) : fallback, name);
  if (!fill(text, *upload.item, url, error)) return write_error(writer, error);
  writer.begin_object().key("url").string(url).end_object();
}

void write_item(json::Writer& writer, const Upload& upload, const Value& item, std::string_view collection) {
  if (upload.item && upload.path_template == nullptr) {
    const std::string message =
        json::join({"Missing required 'path_template' in upload_options for collection '", collection, "'"});
    return write_error(writer, {"ValueError", message, std::nullopt});
  }
  write_destination(writer, upload, {}, json::join({json::string_member(item, "id"), ".json"}));
}

void write_assets(json::Writer& writer, const Upload& upload, const Value& item) {
  writer.begin_object();
  const Value* assets = json::member(&item, "assets");
  if (assets != nullptr && assets->is_object()) {
    for (const auto& [key, asset] : json::object_of(*assets)) {
      writer.key(key);
      const std::string href = json::string_member(asset, "href");
      write_destination(writer, upload, "${collection}/${id}", base_name(href));
    }
  }
  writer.end_object();
}

// Which options hold, and why.
Located options_of(const Located& definition, const Value* collection, std::string& reason) {
  payload::Findings ignored;
  const bool is_named = collection != nullptr && collection->is_string();
  const std::string_view name =
      is_named ? std::string_view(json::string_of(*collection)) : std::string_view();
  Located options = is_named ? payload::collection_upload_options(definition, name, ignored)
                             : payload::upload_options(definition, ignored);
  if (options.value == nullptr) {
    reason = "there are no upload options";
  } else if (!is_named) {
    reason = "the item has no collection, so the global options hold";
  } else if (options.pointer == json::join({definition.pointer, "/upload_options"})) {
    reason =
        json::join({"the collection '", name, "' has no upload options of its own, so the global ones hold"});
  } else {
    reason = json::join({"the options of the collection '", name, "' hold in the place of the global ones"});
  }
  return options;
}

}  // namespace

void explain_upload(json::Writer& writer, const Located& definition, const Value& item) {
  const Value* collection = json::member(&item, "collection");
  std::string reason;
  const Located options = options_of(definition, collection, reason);
  Upload upload;
  upload.item = layout::read_item(item, upload.error);
  upload.path_template = json::member(options.value, "path_template");

  writer.begin_object();
  writer.key("options");
  if (options.value == nullptr) {
    writer.null();
  } else {
    writer.string(options.pointer);
  }
  writer.key("reason").string(reason);
  writer.key("item");
  write_item(writer, upload, item, collection == nullptr ? "None" : json::python_str(*collection));
  writer.key("assets");
  write_assets(writer, upload, item);
  writer.end_object();
}

}  // namespace stactask::task
