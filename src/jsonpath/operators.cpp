#include "jsonpath/operators.hpp"

#include <algorithm>

#include "jsonpath/characters.hpp"

namespace stactask::jsonpath {

namespace {

constexpr std::size_t none = std::string_view::npos;

std::string_view slice(std::string_view text, std::size_t start, std::size_t end) {
  return text.substr(start, end - start);
}

char byte_at(std::string_view text, std::size_t at) { return at < text.size() ? text[at] : '\0'; }

std::size_t line_end(std::string_view text, std::size_t at) {
  return std::min(text.find('\n', at), text.size());
}

// Python: str.strip.
std::string_view strip(std::string_view text) {
  const std::size_t start = skip_space(text, 0);
  std::size_t end = start;
  for (std::size_t at = start; at < text.size(); at = skip_space(text, end)) {
    end = at + static_cast<std::size_t>(character_at(text, at).length);
  }
  return slice(text, start, end);
}

// Where the space that ends at `end` begins, if that is not before `from`.
std::size_t space_before(std::string_view text, std::size_t from, std::size_t end) {
  std::size_t start = end;
  for (std::size_t at = end; at > from;) {
    do {
      --at;
    } while (at > from && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80);
    if (skip_space(text.substr(0, start), at) != start) break;
    start = at;
  }
  return start;
}

std::size_t skip_integer(std::string_view text, std::size_t at) {
  const std::size_t digits = at + (byte_at(text, at) == '-' ? 1 : 0);
  const std::size_t end = skip_digits(text, digits);
  return end > digits ? end : none;
}

// From the comma behind the separator on: `, segment, maximum)`. False where that does not stand there.
bool read_tail(std::string_view text, std::size_t comma, SplitParts& parts) {
  if (byte_at(text, comma) != ',') return false;
  const std::size_t segment = skip_space(text, comma + 1);
  const std::size_t segment_end = byte_at(text, segment) == '*' ? segment + 1 : skip_integer(text, segment);
  if (segment_end == none) return false;
  const std::size_t second = skip_space(text, segment_end);
  if (byte_at(text, second) != ',') return false;
  const std::size_t maximum = skip_space(text, second + 1);
  const std::size_t maximum_end = skip_integer(text, maximum);
  if (maximum_end == none || byte_at(text, skip_space(text, maximum_end)) != ')') return false;
  parts.segment = slice(text, segment, segment_end);
  parts.maximum = slice(text, maximum, maximum_end);
  return true;
}

// A separator in quotes, as long as can be. It has no line break.
bool read_quoted(std::string_view text, std::size_t start, SplitParts& parts) {
  const char quote = byte_at(text, start);
  if (quote != '\'' && quote != '"') return false;
  const std::size_t line = line_end(text, start);
  for (std::size_t comma = text.rfind(','); comma != none && comma > start;
       comma = text.rfind(',', comma - 1)) {
    const std::size_t end = space_before(text, start, comma);
    if (end < start + 3 || end > line + 1 || text[end - 1] != quote) continue;
    if (!read_tail(text, comma, parts)) continue;
    parts.separator = slice(text, start + 1, end - 1);
    return true;
  }
  return false;
}

// A separator without quotes: to a comma in its line, or to the end of the line and a comma behind space.
bool read_bare(std::string_view text, std::size_t start, SplitParts& parts) {
  const std::size_t line = line_end(text, start);
  if (line > start && line < text.size() && read_tail(text, skip_space(text, line), parts)) {
    parts.separator = slice(text, start, line);
    return true;
  }
  for (std::size_t comma = text.rfind(',', line); comma != none && comma > start;
       comma = text.rfind(',', comma - 1)) {
    if (!read_tail(text, comma, parts)) continue;
    parts.separator = slice(text, start, comma);
    return true;
  }
  return false;
}

}  // namespace

std::optional<SplitParts> read_split(std::string_view text) {
  constexpr std::size_t open = std::string_view("split(").size();
  SplitParts parts;
  const std::size_t start = skip_space(text, open);
  if (read_quoted(text, start, parts) || read_bare(text, start, parts)) return parts;
  // The separator may be of the space before the comma: its last character that is no line break.
  std::size_t end = start;
  while (end > open && text[end - 1] == '\n') --end;
  if (end == open || !read_tail(text, start, parts)) return std::nullopt;
  std::size_t first = end - 1;
  while ((static_cast<unsigned char>(text[first]) & 0xC0) == 0x80) --first;
  parts.separator = slice(text, first, end);
  return parts;
}

std::optional<SubstituteParts> read_substitute(std::string_view text) {
  constexpr std::size_t open = std::string_view("sub(/").size();
  if (!text.starts_with("sub(/")) return std::nullopt;
  const std::size_t first_line = line_end(text, open);
  const std::size_t last_close = text.rfind(')', first_line);
  for (std::size_t slash = text.rfind("/,", first_line); slash != none && slash >= open;
       slash = text.rfind("/,", slash - 1)) {
    const std::size_t start = skip_space(text, slash + 2);
    // Behind a line break, which only the last slash can have, the replacement ends in a line of its own.
    const std::size_t close = start <= first_line ? last_close : text.rfind(')', line_end(text, start));
    if (start == slash + 2 || close == none || close < start) continue;
    return SubstituteParts{strip(slice(text, open, slash)), strip(slice(text, start, close))};
  }
  return std::nullopt;
}

}  // namespace stactask::jsonpath
