// Values compared as Python compares them.
#pragma once

#include "jsonpath/budget.hpp"
#include "jsonpath/expression.hpp"
#include "jsonpath/results.hpp"

namespace stactask::jsonpath {

/// Whether `left op right` holds, of `==`, `!=`, `<`, `<=`, `>` and `>=`. False after an error.
bool compare(Operator op, View left, View right, bool& holds, Budget& budget, Error& error);

}  // namespace stactask::jsonpath
