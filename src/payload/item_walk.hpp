// Walking containers without a template at each place: for code that must be small.
#pragma once

#include "json/scanner.hpp"

namespace stactask::payload::item {

/// Step into the container at the scanner's next byte; `closer` ends it. False if it is empty, and passed
/// over. Use: `for (bool more = enter(s, ']'); more; more = next(s, ']'))`, with a body that consumes one
/// element, or a key and its value.
[[gnu::noinline]] inline bool enter(json::Scanner& scanner, char closer) {
  scanner.enter();
  if (scanner.peek() != static_cast<json::Byte>(closer)) return true;
  scanner.leave();
  return false;
}

/// Go on to the next element. False behind the last one.
[[gnu::noinline]] inline bool next(json::Scanner& scanner, char closer) {
  if (scanner.peek() != static_cast<json::Byte>(closer)) return scanner.comma();
  scanner.leave();
  return false;
}

}  // namespace stactask::payload::item
