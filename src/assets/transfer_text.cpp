#include "assets/transfer_text.hpp"

#include <iterator>

#include "json/join.hpp"

namespace stactask::assets {

using json::member;
using json::Value;
using Kind = Action::Kind;

namespace {

constexpr const char* names[] = {"skip", "request", "read", "wait", "verify", "finish", "fail", "found"};

struct Number {
  const char* name;
  Bytes Transfer::*member;
};
constexpr Number numbers[] = {{"maxAttempts", &Transfer::max_attempts},
                              {"size", &Transfer::size},
                              {"failures", &Transfer::failures},
                              {"received", &Transfer::received},
                              {"total", &Transfer::total}};

struct Flag {
  const char* name;
  bool Transfer::*member;
};
constexpr Flag flags[] = {{"overwrite", &Transfer::overwrite},
                          {"assertType", &Transfer::assert_type},
                          {"resume", &Transfer::resume},
                          {"checkExisting", &Transfer::check_existing},
                          {"probe", &Transfer::probe},
                          {"isResumed", &Transfer::is_resumed},
                          {"hasRestarted", &Transfer::has_restarted},
                          {"hasWarned", &Transfer::has_warned},
                          {"isChecking", &Transfer::is_checking},
                          {"asksByte", &Transfer::asks_byte}};

struct Text {
  const char* name;
  std::string_view Transfer::*member;
};
constexpr Text texts[] = {{"client", &Transfer::client},       {"type", &Transfer::type},
                          {"algorithm", &Transfer::algorithm}, {"digest", &Transfer::digest},
                          {"etag", &Transfer::etag},           {"lastModified", &Transfer::last_modified}};

// Seconds with three digits behind the point.
std::string seconds(Bytes milliseconds) {
  std::string fraction = std::to_string(milliseconds % 1000 + 1000);
  fraction[0] = '.';
  return json::join({std::to_string(milliseconds / 1000), fraction});
}

void write_request(json::Writer& writer, const Transfer& transfer) {
  if (transfer.probe && !transfer.asks_byte) writer.key("method").string("head");
  writer.key("headers").begin_object();
  if (transfer.asks_byte) writer.key("range").string("bytes=0-0");
  if (transfer.received != 0) {
    writer.key("range").string(json::join({"bytes=", std::to_string(transfer.received), "-"}));
    writer.key("if-range").string(transfer.etag.empty() ? transfer.last_modified : transfer.etag);
  }
  writer.end_object();
}

void write_read(json::Writer& writer, const Transfer& transfer) {
  write_number(writer, "offset", transfer.received);
  write_number(writer, "total", transfer.total);
  writer.key("validator").begin_object();
  write_text(writer, "etag", transfer.etag);
  write_text(writer, "lastModified", transfer.last_modified);
  writer.end_object();
}

void write_action(json::Writer& writer, const Transfer& transfer, const Action& action) {
  writer.begin_object().key("do").string(names[static_cast<int>(action.kind)]);
  if (action.kind == Kind::request) write_request(writer, transfer);
  if (action.kind == Kind::read) write_read(writer, transfer);
  if (action.kind == Kind::found) write_number(writer, "total", transfer.total);
  if (!action.warning.empty()) writer.key("warning").string(action.warning);
  if (action.kind == Kind::verify) writer.key("algorithm").string(transfer.algorithm);
  if (action.kind == Kind::wait) writer.key("seconds").raw(seconds(action.milliseconds));
  if (action.kind == Kind::fail) write_error(writer, action.error);
  if (action.kind == Kind::wait || action.kind == Kind::fail) writer.key("discard").boolean(action.discard);
  writer.end_object();
}

// What is not as in the beginning: of most transfers that is little, and each step writes and reads it.
void write_transfer(json::Writer& writer, const Transfer& transfer) {
  const Transfer initial;
  writer.begin_object();
  for (const auto& [name, member] : numbers) {
    if (transfer.*member != initial.*member) write_number(writer, name, transfer.*member);
  }
  for (const auto& [name, member] : flags) {
    if (transfer.*member != initial.*member) writer.key(name).boolean(transfer.*member);
  }
  for (const auto& [name, member] : texts) {
    if (!(transfer.*member).empty()) writer.key(name).string(transfer.*member);
  }
  writer.end_object();
}

}  // namespace

Transfer read_transfer(const Value& state) {
  Transfer out;
  for (const auto& [name, member] : numbers) {
    const Bytes number = number_member(state, name);
    if (number != unknown) out.*member = number;
  }
  for (const auto& [name, member] : flags) {
    if (is_flag(state, name, !(out.*member))) out.*member = !(out.*member);
  }
  for (const auto& [name, member] : texts) out.*member = text_member(state, name);
  if (const Value* checksum = member(&state, "checksum")) {
    out.algorithm = text_member(*checksum, "algorithm");
    out.digest = text_member(*checksum, "digest");
  }
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
