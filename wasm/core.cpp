// The core chunk's bindings: free functions only, so that no handle exists which a user could leak.
// call_memory.hpp says how texts travel.

#include <emscripten/bind.h>

#include "arena.hpp"
#include "call_memory.hpp"
#include "cirrus/calls.hpp"
#include "cirrus/event.hpp"
#include "jsonpath/cache.hpp"
#include "layout/fill.hpp"
#include "payload/access.hpp"
#include "payload/check.hpp"
#include "payload/clean_processes.hpp"
#include "task/calls.hpp"
#include "task/item_changes.hpp"
#include "task/rules_cache.hpp"

namespace {

using stactask::call_memory::answer;
using stactask::call_memory::text_of;

// Memory that expressions may keep, with all else that the calls left which brought them.
constexpr std::size_t max_kept = 1U << 20;

// Expressions and rules that the call before has brought stay where they are, if there is room for them.
void end_call() {
  auto& expressions = stactask::jsonpath::shared_cache;
  auto& rules = stactask::task::shared_rules;
  auto& processes = stactask::payload::clean_processes;
  const bool has_grown = expressions.has_grown() || rules.has_grown() || processes.has_grown();
  expressions.end_call();
  rules.end_call();
  processes.end_call();
  if (has_grown && stactask::arena::used() <= max_kept) {
    stactask::arena::keep();
  } else if (has_grown) {
    rules.clear();
    expressions.clear();
    processes.clear();
    stactask::arena::clear();
  }
}

// Expressions stay, besides what `reserve` of every chunk does.
std::uintptr_t reserve(std::size_t length) {
  stactask::call_memory::forget_answer();
  end_call();
  return stactask::call_memory::reserve(length);
}

// `flags` are those of js/runtime/core.js.
std::size_t check(std::size_t length, std::size_t flags, std::size_t max_issues) {
  const auto has = [&](unsigned flag) { return (flags & flag) != 0; };
  // Never deleted: the next call forgets it, and taking hundreds of values apart one by one costs time.
  auto& document = *new stactask::payload::Document;
  return answer(stactask::payload::check(text_of(length),
                                         {.lint = has(1),
                                          .is_bytes = has(2),
                                          .cirrus = has(8),
                                          .items = has(16),
                                          .report = {has(4), max_issues}},
                                         document));
}

std::size_t check_syntax(std::size_t length, bool is_bytes) {
  return answer(stactask::payload::check_syntax(text_of(length), is_bytes));
}

std::size_t describe(std::size_t length) { return answer(stactask::payload::describe(text_of(length))); }

std::size_t access(std::size_t length) { return answer(stactask::payload::access(text_of(length))); }

std::size_t access_root(std::size_t length) {
  return answer(stactask::payload::access_root(text_of(length)));
}

std::size_t jsonpath_match(std::size_t length, bool is_bytes) {
  return answer(stactask::task::jsonpath_match(text_of(length), is_bytes));
}

std::size_t jsonpath_find(std::size_t length, bool is_bytes) {
  return answer(stactask::task::jsonpath_find(text_of(length), is_bytes));
}

std::size_t find_collection(std::size_t length, bool is_bytes) {
  return answer(stactask::task::find_collection(text_of(length), is_bytes));
}

std::size_t assign_collections(std::size_t length, bool is_bytes) {
  return answer(stactask::task::assign_collections(text_of(length), is_bytes));
}

std::size_t explain(std::size_t length, bool is_bytes) {
  return answer(stactask::task::explain(text_of(length), is_bytes));
}

std::size_t unwrap_event(std::size_t length, bool is_bytes) {
  return answer(stactask::cirrus::unwrap_event(text_of(length), is_bytes));
}

std::size_t set_id(std::size_t length, bool is_bytes) {
  return answer(stactask::cirrus::set_id(text_of(length), is_bytes));
}

std::size_t next_payloads(std::size_t length, bool is_bytes) {
  return answer(stactask::cirrus::next_payloads(text_of(length), is_bytes));
}

std::size_t encoded_length(std::size_t length, bool is_bytes) {
  return answer(stactask::cirrus::length_of(text_of(length), is_bytes));
}

std::size_t reads(std::size_t length, std::size_t kind) {
  return answer(stactask::task::reads(text_of(length), static_cast<stactask::task::QuestionKind>(kind)));
}

std::size_t item_change(std::size_t length, std::size_t change) {
  return answer(
      stactask::task::item_change(text_of(length), static_cast<stactask::task::ItemChange>(change)));
}

std::size_t fill(std::size_t length) { return answer(stactask::layout::fill(text_of(length))); }

}  // namespace

EMSCRIPTEN_BINDINGS(stactask_core) {
  emscripten::function("seed", &stactask::call_memory::seed);
  emscripten::function("reserve", &reserve);
  emscripten::function("resultPointer", &stactask::call_memory::result_pointer);
  emscripten::function("check", &check);
  emscripten::function("grow", &stactask::call_memory::grow);
  emscripten::function("checkSyntax", &check_syntax);
  emscripten::function("describe", &describe);
  emscripten::function("access", &access);
  emscripten::function("accessRoot", &access_root);
  emscripten::function("jsonpathMatch", &jsonpath_match);
  emscripten::function("jsonpathFind", &jsonpath_find);
  emscripten::function("findCollection", &find_collection);
  emscripten::function("assignCollections", &assign_collections);
  emscripten::function("explain", &explain);
  emscripten::function("unwrapEvent", &unwrap_event);
  emscripten::function("setId", &set_id);
  emscripten::function("nextPayloads", &next_payloads);
  emscripten::function("encodedLength", &encoded_length);
  emscripten::function("reads", &reads);
  emscripten::function("fill", &fill);
  emscripten::function("itemChange", &item_change);
}
