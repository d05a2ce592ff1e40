#include "cirrus/calls.hpp"

#include "cirrus/chain.hpp"
#include "cirrus/encoded_length.hpp"
#include "cirrus/payload_id.hpp"
#include "json/writer.hpp"
#include "jsonpath/budget.hpp"
#include "payload/check.hpp"
#include "task/calls.hpp"

namespace stactask::cirrus {

namespace {

// Bytes of an answer at most.
constexpr std::size_t max_answer = 32U << 20;

bool write_link(json::Writer& writer, Chain& chain, const Link& link, task::Failure& failure) {
  if (link.failure) {
    failure = *link.failure;
    return false;
  }
  writer.begin_object();
  writer.key("definition").string(link.pointer);
  writer.key("features");
  jsonpath::Results found;
  if (!link.filter) {
    writer.null();
  } else if (chain.select(link, found, failure)) {
    task::write_found(writer, found);
  } else {
    return false;
  }
  writer.end_object();
  return writer.size() <= max_answer || task::fail(failure, "BudgetError", {"the chain has too many items"});
}

}  // namespace

std::string set_id(std::string_view text, bool is_bytes) {
  if (std::string answer = payload::refuse_malformed(text, is_bytes); !answer.empty()) return answer;
  task::Failure failure;
  std::string id;
  if (!make_payload_id(text, id, failure)) return task::failed(failure);
  json::Writer writer;
  writer.begin_object().key("id").string(id).end_object();
  return writer.take();
}

std::string next_payloads(std::string_view text, bool is_bytes) {
  const jsonpath::CallBudget budget;
  if (std::string answer = payload::refuse_malformed(text, is_bytes); !answer.empty()) return answer;
  Chain chain(text);
  if (chain.failure()) return task::failed(*chain.failure());
  json::Writer writer;
  writer.begin_object().key("next").begin_array();
  for (const Link& link : chain.links()) {
    task::Failure failure;
    if (!write_link(writer, chain, link, failure)) return task::failed(failure);
  }
  writer.end_array().end_object();
  return writer.take();
}

std::string length_of(std::string_view text, bool is_bytes) {
  if (std::string answer = payload::refuse_malformed(text, is_bytes); !answer.empty()) return answer;
  return std::to_string(encoded_length(text));
}

}  // namespace stactask::cirrus
