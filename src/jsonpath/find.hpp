// Evaluating an expression.
#pragma once

#include "jsonpath/error.hpp"
#include "jsonpath/expression.hpp"
#include "jsonpath/results.hpp"

namespace stactask::jsonpath {

/// Python: `parse(text).find(root)`, and the values of what it found, with the effects of a filter on the
/// document left out: jsonpath-ng 1.8.0 turns objects that are filtered into lists. False after an error.
bool find(Expression& expression, const json::Value& root, Results& out, Error& error);

/// Python: stactask/utils.py: stac_jsonpath_match. Whether `[item]` has exactly one result. False after an
/// error. In the common case, nothing is allocated from the second time on.
bool match(Expression& expression, const json::Value& item, bool& matches, Error& error);

}  // namespace stactask::jsonpath
