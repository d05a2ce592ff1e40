// The corpus that native and JavaScript tests share: tests/vectors.
#pragma once

#include <fstream>
#include <iterator>
#include <string>

#include "support.hpp"

namespace stactask::testing {

inline json::Value read_vectors(const std::string& name) {
  std::ifstream file(std::string(STACTASK_VECTORS) + "/" + name, std::ios::binary);
  REQUIRE_MESSAGE(file.good(), "cannot open tests/vectors/" << name);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  return parse(text);
}

}  // namespace stactask::testing
