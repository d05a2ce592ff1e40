// What can be wrong with an expression, or with the values that it meets.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace stactask::jsonpath {

/// `type` is the class that Python raises (JsonPathParserError, JsonPathLexerError, DefintionInvalid [sic],
/// re.error, TypeError, AttributeError, IndexError, KeyError, ValueError, OverflowError, NotImplementedError,
/// RecursionError), or one of ours: RegexBudgetError, where a pattern took too many steps, and BudgetError,
/// where an evaluation looked at too much. `message` is its `str`.
struct Error {
  std::string_view type;
  std::string message;
  std::size_t offset = 0;  // in the expression, in bytes, of the token or the part that is at fault
};

}  // namespace stactask::jsonpath
