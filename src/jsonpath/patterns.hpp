// The regular expressions of an expression: compiled when they are needed, and kept.
#pragma once

#include <string>
#include <string_view>

#include "jsonpath/budget.hpp"
#include "jsonpath/expression.hpp"

namespace stactask::jsonpath {

/// Bytes of a regular expression, at most: to compile one takes time, too, and nobody pays for it in steps.
inline constexpr std::size_t max_regex = 1U << 14;

/// Python: `re.search(pattern, text)` with the pattern that a literal is. False after an error; that of a bad
/// pattern has its place in the expression.
bool search(Expression& expression, std::uint32_t literal, std::string_view text, bool& found, Budget& budget,
            Error& error);

/// Compile the pattern of a `sub` operator, which stands so many bytes into the operator's text. False after
/// an error.
bool compile_substitute(Expression& expression, std::uint32_t node, std::size_t pattern_offset, Error& error);

/// Python: `pattern.sub(replacement, text)` of a `sub` operator. False after an error.
bool substitute(const Expression& expression, const Node& node, const std::string& text, std::string& out,
                Budget& budget, Error& error);

}  // namespace stactask::jsonpath
