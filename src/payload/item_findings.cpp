#include "payload/item_findings.hpp"

#include "json/join.hpp"
#include "json/pointer.hpp"
#include "json/reader.hpp"

namespace stactask::payload::item {

namespace {

bool is_element(const Path& path) { return path.key.raw.data() == nullptr; }

void append_pointer(std::string& out, const Path& path) {
  if (path.parent != nullptr) append_pointer(out, *path.parent);
  json::append_token(out, is_element(path) ? std::to_string(path.index) : json::decode_string(path.key));
}

// A piece of the user's text for a message, cut where it is long.
std::string quoted(std::string_view text, std::size_t longest) {
  if (text.size() <= longest) return std::string(text);
  std::size_t end = longest;
  while ((static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return std::string(text.substr(0, end)) + "…";
}

// `roles[2]`: the nearest key and what leads on from it.
void append_name(std::string& out, const Path& path) {
  if (!is_element(path)) {
    out += quoted(path.key.raw, 80);
    return;
  }
  append_name(out, *path.parent);
  out.append("[").append(std::to_string(path.index)).append("]");
}

}  // namespace

void Reporter::add(Code code, const Path& path, std::size_t start, std::string_view argument) {
  is_clean_ = false;
  if (is_quick_) return;
  // Where keys are long and findings many, even making what nobody keeps takes its time.
  if (bytes_ > Findings::max_bytes) return findings_.count(rule_of(code).severity, 1);
  std::string pointer;
  append_pointer(pointer, path);
  bytes_ += pointer.size();
  scanner_.seek(start);
  scanner_.skip_value();
  findings_.add({code, std::move(pointer), quoted(argument, 240), json::ByteRange{start, scanner_.offset()}});
}

void Reporter::must_be(Code code, const Path& path, std::size_t start, std::string_view expectation) {
  std::string argument = "'";
  if (!is_quick_) append_name(argument, path);
  add(code, path, start, argument.append("' must be ").append(expectation));
}

}  // namespace stactask::payload::item
