// The types that embind knows. Its own list (strings of every width, memory views, floats …) brings their
// JavaScript into the glue and printf into the wasm, a fifth of the two together; the chunks' functions
// take and return these alone, and another type is an error when a chunk is loaded.

#include <emscripten/bind.h>
#include <emscripten/emscripten.h>

#include <cstdlib>
#include <limits>

namespace {

template <typename T>
void register_integer(const char* name) {
  using namespace emscripten::internal;
  using Limits = std::numeric_limits<T>;
  _embind_register_integer(TypeID<T>::get(), name, sizeof(T), Limits::min(), Limits::max());
}

}  // namespace

// What libembind would define; it is not linked (wasm/chunk.cmake).
extern "C" {

EMSCRIPTEN_KEEPALIVE __attribute__((constructor)) void __embind_register_native_and_builtin_types() {
  using namespace emscripten::internal;
  _embind_register_void(TypeID<void>::get(), "void");
  _embind_register_bool(TypeID<bool>::get(), "bool", sizeof(bool), true, false);
  register_integer<unsigned int>("unsigned int");
  register_integer<unsigned long>("unsigned long");
}

// For the message about a type that is not registered; the glue frees what it gets.
EMSCRIPTEN_KEEPALIVE char* __getTypeName(const void* /*type*/) {
  return static_cast<char*>(std::calloc(1, 1));
}

}  // extern "C"
