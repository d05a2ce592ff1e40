// The assets chunk's bindings. call_memory.hpp says how texts travel, assets/calls.hpp what they are.

#include "assets/calls.hpp"

#include <emscripten/bind.h>

#include "call_memory.hpp"

namespace {

using stactask::call_memory::answer;
using stactask::call_memory::text_of;

std::size_t client(std::size_t length) { return answer(stactask::assets::client(text_of(length))); }

std::size_t plan(std::size_t length) { return answer(stactask::assets::plan(text_of(length))); }

std::size_t resolve(std::size_t length) { return answer(stactask::assets::resolve(text_of(length))); }

std::size_t next(std::size_t length) { return answer(stactask::assets::next(text_of(length))); }

}  // namespace

EMSCRIPTEN_BINDINGS(stactask_assets) {
  emscripten::function("seed", &stactask::call_memory::seed);
  emscripten::function("reserve", &stactask::call_memory::reserve);
  emscripten::function("grow", &stactask::call_memory::grow);
  emscripten::function("resultPointer", &stactask::call_memory::result_pointer);
  emscripten::function("client", &client);
  emscripten::function("plan", &plan);
  emscripten::function("resolve", &resolve);
  emscripten::function("next", &next);
}
