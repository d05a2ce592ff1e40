#include "assets/transfer_text.hpp"

#include <iterator>

#include "json/join.hpp"

namespace stactask::assets {

using json::member;
using json::Value;
using Kind = Action::Kind;

namespace {

constexpr const char* names[] = {"skip", "request", "read", "wait", "verify", "finish", "fail"};

bool is_word(const Value& object, std::string_view key, bool word) {
  const Value* value = member(&object, key);
  return value != nullptr && value->is_boolean() && value->get<bool>() == word;
}

void write_text(json::Writer& writer, std::string_view key, std::string_view text) {
  writer.key(key);
  if (text.empty()) {
    writer.null();
  } else {
    writer.string(text);
  }
}

void write_bytes(json::Writer& writer, std::string_view key, std::optional<Bytes> bytes) {
  writer.key(key).raw(bytes ? std::to_string(*bytes) : "null");
}

// Seconds with three digits behind the point.
std::string seconds(std::uint64_t milliseconds) {
  std::string fraction = std::to_string(milliseconds % 1000 + 1000);
  fraction[0] = '.';
  return json::join({std::to_string(milliseconds / 1000), fraction});
}

void write_request(json::Writer& writer, const Transfer& transfer) {
  writer.key("headers").begin_object();
  if (transfer.received != 0) {
    writer.key("range").string(json::join({"bytes=", std::to_string(transfer.received), "-"}));
    writer.key("if-range").string(transfer.etag.empty() ? transfer.last_modified : transfer.etag);
  }
  writer.end_object();
}

void write_read(json::Writer& writer, const Transfer& transfer, const Action& action) {
  write_bytes(writer, "offset", transfer.received);
  write_bytes(writer, "total", transfer.total);
  writer.key("validator").begin_object();
  write_text(writer, "etag", transfer.etag);
  write_text(writer, "lastModified", transfer.last_modified);
  writer.end_object();
  if (!action.warning.empty()) writer.key("warning").string(action.warning);
}

void write_action(json::Writer& writer, const Transfer& transfer, const Action& action) {
  writer.begin_object().key("do").string(names[static_cast<int>(action.kind)]);
  if (action.kind == Kind::request) write_request(writer, transfer);
  if (action.kind == Kind::read) write_read(writer, transfer, action);
  if (action.kind == Kind::verify) writer.key("algorithm").string(transfer.algorithm);
  if (action.kind == Kind::wait) writer.key("seconds").raw(seconds(action.milliseconds));
  if (action.kind == Kind::fail) write_error(writer, action.error);
  if (action.kind == Kind::wait || action.kind == Kind::fail) writer.key("discard").boolean(action.discard);
  writer.end_object();
}

void write_transfer(json::Writer& writer, const Transfer& transfer) {
  writer.begin_object();
  write_bytes(writer, "maxAttempts", transfer.max_attempts);
  writer.key("overwrite").boolean(transfer.overwrite);
  writer.key("assertType").boolean(transfer.assert_type);
  writer.key("resume").boolean(transfer.resume);
  write_text(writer, "client", transfer.client);
  write_text(writer, "type", transfer.type);
  write_bytes(writer, "size", transfer.size);
  writer.key("checksum");
  if (transfer.algorithm.empty()) {
    writer.null();
  } else {
    writer.begin_object().key("algorithm").string(transfer.algorithm);
    writer.key("digest").string(transfer.digest).end_object();
  }
  write_bytes(writer, "failures", transfer.failures);
  write_bytes(writer, "received", transfer.received);
  writer.key("isResumed").boolean(transfer.is_resumed);
  writer.key("hasRestarted").boolean(transfer.has_restarted);
  writer.key("hasWarned").boolean(transfer.has_warned);
  write_bytes(writer, "total", transfer.total);
  write_text(writer, "etag", transfer.etag);
  write_text(writer, "lastModified", transfer.last_modified);
  writer.end_object();
}

}  // namespace

std::optional<Bytes> number_of(const Value& object, std::string_view key) {
  constexpr double most = 9007199254740992;  // 2^53: all that JavaScript counts to
  const Value* value = member(&object, key);
  if (value == nullptr || !value->is_number()) return std::nullopt;
  const auto number = value->get<double>();
  if (!(number >= 0 && number <= most)) return std::nullopt;
  return static_cast<Bytes>(number);
}

double fraction_of(const Value& object, std::string_view key) {
  const Value* value = member(&object, key);
  if (value == nullptr || !value->is_number()) return 1;
  const auto number = value->get<double>();
  return number >= 0 && number <= 1 ? number : 1;
}

bool is_true(const Value& object, std::string_view key) { return is_word(object, key, true); }

bool is_false(const Value& object, std::string_view key) { return is_word(object, key, false); }

Transfer read_transfer(const Value& state) {
  Transfer out;
  out.max_attempts = number_of(state, "maxAttempts").value_or(out.max_attempts);
  out.overwrite = is_true(state, "overwrite");
  out.assert_type = is_true(state, "assertType");
  out.resume = !is_false(state, "resume");
  out.client = json::string_member(state, "client");
  out.type = json::string_member(state, "type");
  out.size = number_of(state, "size");
  if (const Value* checksum = member(&state, "checksum")) {
    out.algorithm = json::string_member(*checksum, "algorithm");
    out.digest = json::string_member(*checksum, "digest");
  }
  out.failures = number_of(state, "failures").value_or(0);
  out.received = number_of(state, "received").value_or(0);
  out.is_resumed = is_true(state, "isResumed");
  out.has_restarted = is_true(state, "hasRestarted");
  out.has_warned = is_true(state, "hasWarned");
  out.total = number_of(state, "total");
  out.etag = json::string_member(state, "etag");
  out.last_modified = json::string_member(state, "lastModified");
  return out;
}

std::string written(const Transfer& transfer, const Action& action) {
  json::Writer writer;
  writer.begin_object().key("state");
  write_transfer(writer, transfer);
  writer.key("action");
  write_action(writer, transfer, action);
  writer.end_object();
  return writer.take();
}

}  // namespace stactask::assets
