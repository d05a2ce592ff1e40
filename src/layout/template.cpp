#include "layout/template.hpp"

#include "json/join.hpp"

namespace stactask::layout {

namespace {

// Python: Objects/stringlib/unicode_format.h, MarkupIterator_next and parse_field.
class FieldReader {
 public:
  explicit FieldReader(std::string_view text) : text_(text) {}

  Template read() {
    while (result_.error.empty() && skip_text()) read_field();
    return std::move(result_);
  }

 private:
  [[nodiscard]] bool at_end() const { return at_ >= text_.size(); }

  void fail(std::string_view error) {
    result_.error = error;
    result_.error_offset = at_ - 1;
  }

  void skip_character() {
    do {
      ++at_;
    } while (!at_end() && (static_cast<unsigned char>(text_[at_]) & 0xC0) == 0x80);
  }

  // To behind the brace that opens a field; doubled braces are text. False at the end or after an error.
  bool skip_text() {
    while (!at_end()) {
      const char c = text_[at_++];
      if (c != '{' && c != '}') continue;
      const bool is_doubled = !at_end() && text_[at_] == c;
      if (c == '}' && !is_doubled) return fail("Single '}' encountered in format string"), false;
      if (c == '{' && at_end()) return fail("Single '{' encountered in format string"), false;
      if (!is_doubled) return true;
      ++at_;
    }
    return false;
  }

  void read_field() {
    const std::size_t start = at_ - 1;
    char c = '\0';
    while (!at_end()) {
      c = text_[at_++];
      if (c == '{') return fail("unexpected '{' in field name");
      if (c == '[') {
        // Inside brackets nothing has a meaning.
        while (!at_end() && text_[at_] != ']') ++at_;
        continue;
      }
      if (c == '}' || c == ':' || c == '!') break;
    }
    const std::string_view name = text_.substr(start + 1, at_ - start - 2);
    if (c == '}') return add(start, name, {});
    if (c == '!') {
      if (at_end()) return fail("end of string while looking for conversion specifier");
      skip_character();
      if (!at_end()) {
        c = text_[at_++];
        if (c == '}') return add(start, name, {});
        if (c != ':') return fail("expected ':' after conversion specifier");
      }
    } else if (c != ':') {
      ++at_;
      return fail("expected '}' before end of string");
    }
    read_format(start, name);
  }

  void read_format(std::size_t start, std::string_view name) {
    const std::size_t from = at_;
    for (int open = 1; !at_end();) {
      const char c = text_[at_++];
      if (c == '{') ++open;
      if (c == '}' && --open == 0) return add(start, name, text_.substr(from, at_ - 1 - from));
    }
    ++at_;
    fail("unmatched '{' in format spec");
  }

  void add(std::size_t start, std::string_view name, std::string_view format) {
    const std::string_view field = text_.substr(start + 1, at_ - start - 2);
    const std::size_t length = name.size() + (format.empty() ? 0 : 1 + format.size());
    // Not so where there is a conversion, or a colon with nothing behind it.
    const bool is_field = field.size() == length;
    const std::string_view key = is_field ? field
                                 : format.empty()
                                     ? name
                                     : result_.made.emplace_front(json::join({name, ":", format}));
    const bool is_replaced = is_field && start > 0 && text_[start - 1] == '$';
    result_.variables.push_back({key, {start, at_}, is_replaced});
  }

  std::string_view text_;
  std::size_t at_ = 0;
  Template result_;
};

}  // namespace

Template parse_template(std::string_view text) { return FieldReader(text).read(); }

}  // namespace stactask::layout
