#include "payload/clean_processes.hpp"

#include <utility>

#include "json/hash.hpp"

namespace stactask::payload {

const CleanProcess* CleanProcesses::find(std::string_view text) const {
  for (const CleanProcess& entry : entries_) {
    // An object or a list ends with its bracket, whatever stands behind it.
    if (!entry.text.empty() && text.starts_with(entry.text)) return &entry;
  }
  return nullptr;
}

bool CleanProcesses::wants(std::string_view text) {
  if (text.size() > max_bytes || !(text.starts_with('[') || text.starts_with('{'))) return false;
  // Most others have another size, and need no hash.
  const std::size_t hash = std::exchange(last_size_, text.size()) == text.size() ? json::hash_text(text) : 0;
  return std::exchange(last_hash_, hash) == hash && hash != 0;
}

void CleanProcesses::add(std::string_view text, std::vector<std::string> variables) {
  entries_[next_] = {std::string(text), std::move(variables)};
  next_ = (next_ + 1) % capacity;
  has_grown_ = true;
}

void CleanProcesses::clear() {
  for (CleanProcess& entry : entries_) entry = CleanProcess();
  next_ = 0;
  has_grown_ = false;
}

}  // namespace stactask::payload
