// Values compared as Python compares them.
#pragma once

#include <cstdint>
#include <string_view>

#include "jsonpath/budget.hpp"
#include "jsonpath/expression.hpp"
#include "jsonpath/results.hpp"

namespace stactask::jsonpath {

/// Whether `left op right` holds, of `==`, `!=`, `<`, `<=`, `>` and `>=`. False after an error.
bool compare(Operator op, View left, View right, bool& holds, Budget& budget, Error& error);

/// The same of two strings.
bool compare_texts(Operator op, std::string_view left, std::string_view right);

/// The same of two integers.
bool compare_integers(Operator op, std::int64_t left, std::int64_t right);

}  // namespace stactask::jsonpath
