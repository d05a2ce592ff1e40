#include "arena.hpp"

#include <emscripten/heap.h>

#include <cstdint>
#include <cstring>

extern "C" unsigned char __heap_base;  // the linker's: where static data ends

namespace {

constexpr std::uintptr_t alignment = 16;

std::uintptr_t first = 0;                                             // behind the initialisation's blocks
std::uintptr_t start = 0;                                             // behind what is kept
std::uintptr_t top = reinterpret_cast<std::uintptr_t>(&__heap_base);  // the first free byte
std::uintptr_t last = top;                                            // the block allocated last

// Emscripten's growth, which tells the glue that its views of memory are out of date.
bool reach(std::uintptr_t end) {
  return end <= emscripten_get_heap_size() || emscripten_resize_heap(end) != 0;
}

void* allocate(std::size_t size) {
  const std::uintptr_t block = (top + alignment - 1) / alignment * alignment;
  if (size > PTRDIFF_MAX - block || !reach(block + size)) return nullptr;
  last = block;
  top = block + size;
  return reinterpret_cast<void*>(block);
}

}  // namespace

namespace stactask::arena {

void reset() {
  if (first == 0) first = start = top;
  last = top = start;
}

void keep() { start = top; }

void clear() { start = first; }

std::size_t used() { return top - first; }

bool extend_last(std::size_t size) {
  if (size > PTRDIFF_MAX - last || !reach(last + size)) return false;
  top = last + size;
  return true;
}

}  // namespace stactask::arena

extern "C" {

void* malloc(std::size_t size) { return allocate(size); }

void free(void* block) {
  if (block != nullptr && reinterpret_cast<std::uintptr_t>(block) == last) top = last;
}

void* calloc(std::size_t count, std::size_t size) {
  if (size != 0 && count > PTRDIFF_MAX / size) return nullptr;
  void* const block = allocate(count * size);
  return block == nullptr ? nullptr : std::memset(block, 0, count * size);
}

}  // extern "C"
