// What Cirrus queues when a workflow has ended (cirrus: PayloadManager.next_payloads).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "json/value.hpp"
#include "jsonpath/cache.hpp"
#include "jsonpath/results.hpp"
#include "payload/document.hpp"
#include "task/failure.hpp"

namespace stactask::cirrus {

/// One payload that comes next.
struct Link {
  std::string pointer;                      // of its process definition
  const json::Value* definition = nullptr;  // any value: Python does not look
  std::optional<std::string> filter;        // its `chain_filter`, as Python writes it into an expression
  std::optional<task::Failure> failure;     // what Python raises when it comes to this one
};

/// The payloads that follow one, as far as they differ. Not for two threads at once.
class Chain {
 public:
  /// What all the payloads of a chain may have together, in bytes of JSON: hostile input would have
  /// thousands.
  static constexpr std::size_t max_bytes = 32U << 20;

  /// `text` is a well-formed object, followed by `json::text_padding` zero bytes; it outlives the chain.
  explicit Chain(std::string_view text);

  [[nodiscard]] const std::vector<Link>& links() const { return links_; }

  /// What Python raises before it comes to any; a BudgetError where the payloads have more than `max_bytes`.
  [[nodiscard]] const std::optional<task::Failure>& failure() const { return failure_; }

  /// The payload that comes next with all its items: without `id`, and `process` as it will be. Good until
  /// the next call.
  const json::Value& payload(const Link& link);

  /// What the link's filter finds in `payload(link)`, good as long as that. False where Python raises.
  bool select(const Link& link, jsonpath::Results& found, task::Failure& failure);

 private:
  void add(std::string pointer, const json::Value& definition);
  void read_payload();

  std::string_view text_;
  payload::Document document_;
  std::vector<Link> links_;
  std::optional<task::Failure> failure_;
  json::Value payload_;           // null as long as nobody has asked
  json::Value next_;              // what stood behind the first definition, but for the one in its place
  json::Value* first_ = nullptr;  // the place of the first definition in `payload_`
  json::Value* moved_ = nullptr;  // where in `next_` that came from
};

}  // namespace stactask::cirrus
