#include "assets/calls.hpp"

#include "assets/address.hpp"
#include "assets/client.hpp"
#include "assets/error.hpp"
#include "assets/href.hpp"
#include "assets/members.hpp"
#include "assets/plan.hpp"
#include "assets/transfer.hpp"
#include "assets/transfer_text.hpp"
#include "json/reader.hpp"

namespace stactask::assets {

using json::Value;

namespace {

// False where the text is no JSON object.
bool read_object(std::string_view text, Value& out) {
  json::Scanner scanner(text);
  json::DuplicateKeys duplicates;
  return json::read_value(scanner, out, duplicates) && scanner.finish() && out.is_object();
}

std::string failed(const Error& error) {
  json::Writer writer;
  writer.begin_object();
  write_error(writer, error);
  writer.end_object();
  return writer.take();
}

std::string no_object() { return failed({"ValueError", "ERR_INVALID_CALL", "the call is no JSON object"}); }

}  // namespace

std::string client(std::string_view text) {
  Value call;
  if (!read_object(text, call)) return no_object();
  const Target target = target_of(text_member(call, "href"), text_member(call, "override"));
  if (target.error) return failed(target.error);
  json::Writer writer;
  writer.begin_object();
  write_target(writer, target);
  writer.end_object();
  return writer.take();
}

std::string plan(std::string_view text) {
  Value call;
  return read_object(text, call) ? plan_downloads(call) : no_object();
}

std::string resolve(std::string_view text) {
  Value call;
  if (!read_object(text, call)) return no_object();
  const Value none;
  const Value* asset = json::member(&call, "asset");
  const Value* object = json::member(&call, "object");
  std::string self = posix_style(text_member(call, "self"));
  if (!is_absolute(self)) self.clear();
  Address address = address_of(asset == nullptr ? none : *asset, object == nullptr ? none : *object, self,
                               {json::member(&call, "alternateAssets"), text_member(call, "override")});
  // stac_asset/_functions.py: assert_asset_exists.
  if (address.href.empty() && address.error.message.empty()) {
    return failed(href_error({"asset does not have an absolute href"}));
  }
  json::Writer writer;
  writer.begin_object();
  write_address(writer, address);
  writer.end_object();
  return writer.take();
}

std::string next(std::string_view text) {
  Value call;
  if (!read_object(text, call)) return no_object();
  const Value none;
  const Value* state = json::member(&call, "state");
  const Value* event = json::member(&call, "event");
  Transfer transfer = read_transfer(state == nullptr ? none : *state);
  const Action action = next_action(transfer, event == nullptr ? none : *event);
  return written(transfer, action);
}

}  // namespace stactask::assets
