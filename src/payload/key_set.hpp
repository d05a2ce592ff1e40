// The keys of one object, to find those that stand there twice.
#pragma once

#include <forward_list>
#include <string>
#include <string_view>

#include "json/reader.hpp"
#include "json/value.hpp"

namespace stactask::payload {

class KeySet {
 public:
  void clear() {
    keys_.clear();
    decoded_.clear();
  }

  /// The key as text; it stays valid until `clear`.
  std::string_view text_of(const json::StringSpan& key) {
    if (!key.escaped) return key.raw;
    return decoded_.emplace_front(json::decode_string(key));
  }

  /// False if the key was there.
  bool insert(std::string_view key) { return keys_.emplace(key, keys_.size()).second; }

  /// How many other keys came before it, which is put in if it is not there.
  std::size_t index_of(std::string_view key) { return keys_.emplace(key, keys_.size()).first->second; }

 private:
  json::OrderedMap<std::string_view, std::size_t> keys_;
  std::forward_list<std::string> decoded_;
};

}  // namespace stactask::payload
