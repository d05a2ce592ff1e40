#include "call_memory.hpp"

#include <cstdlib>
#include <cstring>
#include <utility>

#include "arena.hpp"
#include "json/hash.hpp"
#include "json/lanes.hpp"

namespace stactask::call_memory {

namespace {

using json::text_padding;

char* input = nullptr;
std::string result;

}  // namespace

std::uintptr_t reserve(std::size_t length) {
  forget_answer();
  arena::reset();
  input = static_cast<char*>(std::malloc(length + text_padding));
  return reinterpret_cast<std::uintptr_t>(input);
}

std::uintptr_t grow(std::size_t length) {
  return arena::extend_last(length + text_padding) ? reinterpret_cast<std::uintptr_t>(input) : 0;
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

void forget_answer() { result = std::string(); }

void seed(std::uint32_t low, std::uint32_t high) {
  json::hash_seed = static_cast<std::uint64_t>(high) << 32 | low;
}

}  // namespace stactask::call_memory
