// Values and texts as JSON, in ASCII, for what crosses from the core to its host.
#pragma once

#include <string>
#include <string_view>

namespace stactask::json {

/// Append `text` (UTF-8, lone surrogates allowed) as a JSON string of ASCII characters only.
void write_string(std::string& out, std::string_view text);

/// The same without the quotes.
std::string escaped(std::string_view text);

/// Writes one JSON text, member by member; the caller keeps it well-formed.
class Writer {
 public:
  Writer& begin_object() { return open('{'); }
  Writer& end_object() { return close('}'); }
  Writer& begin_array() { return open('['); }
  Writer& end_array() { return close(']'); }

  Writer& key(std::string_view name) {
    separate();
    write_string(out_, name);
    out_.push_back(':');
    fresh_ = true;
    return *this;
  }
  Writer& string(std::string_view text) {
    separate();
    write_string(out_, text);
    return *this;
  }
  Writer& number(std::size_t value) { return raw(std::to_string(value)); }
  Writer& boolean(bool value) { return raw(value ? "true" : "false"); }
  Writer& null() { return raw("null"); }
  /// A value that is JSON in ASCII already.
  Writer& raw(std::string_view text) {
    separate();
    out_.append(text);
    return *this;
  }

  [[nodiscard]] std::size_t size() const { return out_.size(); }

  [[nodiscard]] std::string take() { return std::move(out_); }

 private:
  Writer& open(char bracket) {
    separate();
    out_.push_back(bracket);
    fresh_ = true;
    return *this;
  }
  Writer& close(char bracket) {
    out_.push_back(bracket);
    fresh_ = false;
    return *this;
  }
  void separate() {
    if (!fresh_) out_.push_back(',');
    fresh_ = false;
  }

  std::string out_;
  bool fresh_ = true;  // nothing stands before the next value in its container
};

}  // namespace stactask::json
