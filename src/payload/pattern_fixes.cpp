#include "payload/pattern_fixes.hpp"

#include <string>

#include "json/reader.hpp"
#include "payload/pattern_lint.hpp"

namespace stactask::payload {

using json::ByteRange;

namespace {

// Inserts into a string, by places in what it decodes to. They must ascend.
class Insertion {
 public:
  Insertion(std::string_view text, ByteRange string) : parts_(text), string_(string) {}

  Edit at(std::size_t place, std::string_view inserted) {
    const std::size_t start = parts_.find(string_, {place, place + 1}).start;
    return {{start, start}, std::string(inserted)};
  }

 private:
  json::StringParts parts_;
  ByteRange string_;
};

std::vector<Edit> double_backslashes(std::string_view text, ByteRange string, ByteRange inside) {
  const json::StringSpan span{text.substr(string.start + 1, string.end - string.start - 2), true};
  const std::string pattern = json::decode_string(span);
  const std::string_view literal = std::string_view(pattern).substr(inside.start, inside.end - inside.start);
  Insertion insertion(text, string);
  std::vector<Edit> edits;
  for (std::size_t i = next_lost_backslash(literal, 0); i != std::string_view::npos;
       i = next_lost_backslash(literal, i + 2)) {
    edits.push_back(insertion.at(inside.start + i, R"(\\)"));
  }
  return edits;
}

}  // namespace

std::optional<Fix> fix_of_pattern(std::string_view text, const Finding& finding, ByteRange pattern) {
  const ByteRange inside = finding.inside;
  if (inside.end == 0 || text[pattern.start] != '"') return std::nullopt;
  Insertion insertion(text, pattern);
  switch (finding.code) {
    case Code::pattern_truncates:
      return Fix{"Compare with a number that has a fraction", false, {insertion.at(inside.end, ".0")}};
    case Code::pattern_unanchored:
      return Fix{"Anchor it with ^", false, {insertion.at(inside.start + 1, "^")}};
    case Code::pattern_backslash:
      return Fix{"Double the backslashes", false, double_backslashes(text, pattern, inside)};
    default: return std::nullopt;
  }
}

}  // namespace stactask::payload
