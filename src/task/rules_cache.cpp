#include "task/rules_cache.hpp"

#include "json/reader.hpp"
#include "json/scanner.hpp"

namespace stactask::task {

const Rules* RulesCache::take(std::string_view& text) {
  for (const Entry& entry : entries_) {
    // A list or an object ends with its bracket, whatever stands behind it.
    if (entry.text.empty() || !text.starts_with(entry.text)) continue;
    text.remove_prefix(entry.text.size());
    return &entry.rules;
  }
  const bool is_container = text.starts_with('[') || text.starts_with('{');
  Entry& entry = is_container ? entries_[next_] : passing_;
  entry = Entry();
  json::Scanner scanner(text);
  json::DuplicateKeys duplicates;
  if (!json::read_value(scanner, entry.config, duplicates)) return nullptr;
  entry.rules = read_rules(entry.config, {});
  // Expressions for which there was no room do not outlive the call.
  if (is_container && !jsonpath::shared_cache.is_full()) {
    entry.text = text.substr(0, scanner.offset());
    next_ = (next_ + 1) % capacity;
    has_grown_ = true;
  }
  text.remove_prefix(scanner.offset());
  return &entry.rules;
}

void RulesCache::clear() {
  for (Entry& entry : entries_) entry = Entry();
  passing_ = Entry();
  next_ = 0;
  has_grown_ = false;
}

}  // namespace stactask::task
