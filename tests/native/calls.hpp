// Calls of the core, as the host makes them.
#pragma once

#include <string>
#include <string_view>

#include "json/writer.hpp"
#include "jsonpath/cache.hpp"
#include "padded.hpp"
#include "task/rules_cache.hpp"

namespace stactask::testing {

using Call = std::string (*)(std::string_view text, bool is_bytes);

/// What a call answers. What does not outlive a call is gone before the next.
inline std::string answer(Call call, std::string_view text, bool is_bytes = false) {
  const Padded padded(text);
  std::string said = call(padded.view(), is_bytes);
  jsonpath::shared_cache.end_call();
  task::shared_rules.end_call();
  return said;
}

/// A text as JSON.
inline std::string as_json(std::string_view text) {
  std::string out;
  json::write_string(out, text);
  return out;
}

}  // namespace stactask::testing
