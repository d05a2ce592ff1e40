// The core chunk's bindings: free functions only, so that no handle exists which a user could leak.
// Texts travel through linear memory, not through embind strings, which corrupt lone surrogates.
//
// A call: `reserve` a buffer, write UTF-8 into it, call a function with the length of the text, and
// read the answer, JSON in ASCII, from `resultPointer` for as many bytes as the function returned.

#include <emscripten/bind.h>

#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>

#include "arena.hpp"
#include "json/hash.hpp"
#include "json/lanes.hpp"
#include "payload/access.hpp"
#include "payload/check.hpp"

namespace {

using stactask::json::text_padding;

char* input = nullptr;
std::string result;

// The address of a buffer for a text of so many bytes, or 0 if there is no memory for it. What the call
// before has left is gone, its answer included.
std::uintptr_t reserve(std::size_t length) {
  result = std::string();
  stactask::arena::reset();
  input = static_cast<char*>(std::malloc(length + text_padding));
  return reinterpret_cast<std::uintptr_t>(input);
}

// The same buffer, made longer before anything else is called; it keeps what was written.
std::uintptr_t grow(std::size_t length) {
  return stactask::arena::extend_last(length + text_padding) ? reinterpret_cast<std::uintptr_t>(input) : 0;
}

std::string_view text_of(std::size_t length) {
  std::memset(input + length, 0, text_padding);
  return {input, length};
}

std::size_t answer(std::string text) {
  result = std::move(text);
  return result.size();
}

std::uintptr_t result_pointer() { return reinterpret_cast<std::uintptr_t>(result.data()); }

// `flags` are those of js/runtime/core.js.
std::size_t check(std::size_t length, std::size_t flags, std::size_t max_issues) {
  const auto has = [&](unsigned flag) { return (flags & flag) != 0; };
  return answer(stactask::payload::check(text_of(length), {.lint = has(1),
                                                           .is_bytes = has(2),
                                                           .cirrus = has(8),
                                                           .items = has(16),
                                                           .report = {has(4), max_issues}}));
}

std::size_t check_syntax(std::size_t length, bool is_bytes) {
  return answer(stactask::payload::check_syntax(text_of(length), is_bytes));
}

std::size_t describe(std::size_t length) { return answer(stactask::payload::describe(text_of(length))); }

std::size_t access(std::size_t length) { return answer(stactask::payload::access(text_of(length))); }

std::size_t access_root(std::size_t length) {
  return answer(stactask::payload::access_root(text_of(length)));
}

void seed(std::uint32_t low, std::uint32_t high) {
  stactask::json::hash_seed = static_cast<std::uint64_t>(high) << 32 | low;
}

}  // namespace

EMSCRIPTEN_BINDINGS(stactask_core) {
  emscripten::function("seed", &seed);
  emscripten::function("reserve", &reserve);
  emscripten::function("resultPointer", &result_pointer);
  emscripten::function("check", &check);
  emscripten::function("grow", &grow);
  emscripten::function("checkSyntax", &check_syntax);
  emscripten::function("describe", &describe);
  emscripten::function("access", &access);
  emscripten::function("accessRoot", &access_root);
}
