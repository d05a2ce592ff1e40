#include "assets/error.hpp"

#include "json/join.hpp"

namespace stactask::assets {

Error href_error(std::initializer_list<std::string_view> message) {
  return {"ValueError", "ERR_ASSET_HREF", json::join(message)};
}

void write_members(json::Writer& writer, const Error& error) {
  writer.key("type").string(error.type).key("code").string(error.code);
  writer.key("message").string(error.message);
  if (error.hint != nullptr) writer.key("hint").string(error.hint);
  if (error.status != 0) writer.key("status").raw(std::to_string(error.status));
}

void write_error(json::Writer& writer, const Error& error) {
  writer.key("error").begin_object();
  write_members(writer, error);
  writer.end_object();
}

}  // namespace stactask::assets
