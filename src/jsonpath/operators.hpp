// What stands in backquotes.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace stactask::jsonpath {

/// `split(separator, segment, maximum)`: all parts are slices of the text.
struct SplitParts {
  std::string_view separator;
  std::string_view segment;  // digits, or `*`
  std::string_view maximum;
};

/// `sub(/pattern/, replacement)`.
struct SubstituteParts {
  std::string_view pattern;
  std::string_view replacement;
};

/// What Python's regular expressions for the two take out of the text, or nothing where they do not match it.
/// Python backtracks, which costs it cubes of a hostile text's length; this goes over the text a few times.
std::optional<SplitParts> read_split(std::string_view text);
std::optional<SubstituteParts> read_substitute(std::string_view text);

}  // namespace stactask::jsonpath
