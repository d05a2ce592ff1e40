// `+`, `-` and `*` of values.
#pragma once

#include "jsonpath/budget.hpp"
#include "jsonpath/expression.hpp"
#include "jsonpath/results.hpp"

namespace stactask::jsonpath {

enum class Computed : std::uint8_t {
  done,
  unsupported,  // TypeError, which jsonpath-ng takes as no result
  failed,
};

/// Numbers are added, subtracted and multiplied, texts and lists put together and repeated. What comes out is
/// in `out.value`, or, with `is_list`, in `out.elements`.
Computed compute(Operator op, View left, View right, Made& out, bool& is_list, Budget& budget, Error& error);

}  // namespace stactask::jsonpath
