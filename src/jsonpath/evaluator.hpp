// The evaluation of one expression over one document.
#pragma once

#include <span>

#include "jsonpath/budget.hpp"
#include "jsonpath/expression.hpp"
#include "jsonpath/find.hpp"
#include "jsonpath/places.hpp"
#include "jsonpath/results.hpp"

namespace stactask::jsonpath {

/// What jsonpath-ng's `find` gave: a list of data as a rule, but of `sorted` a datum that stands alone, which
/// whoever asks for a list stumbles over.
enum class Outcome : std::uint8_t { failed, list, single };

/// Follows jsonpath_ng/jsonpath.py and ext/*.py: `find` is the method of that name. Lists are on a stack:
/// what a node finds is pushed on `results.found`, as indices into `results.data`. All of the left side is
/// evaluated before the right side is, as in Python, so that the same error comes first.
class Evaluator {
 public:
  Evaluator(Expression& expression, Results& results, Error& error)
      : expression_(expression), results_(results), error_(error), budget_(max_steps) {}

  /// Evaluate over a document. False after an error.
  bool run(View top);

  /// What a member filter says of an item. False after an error, of which `run` knows the place.
  bool match_members(const json::Value& item, bool& matches);
  /// The same of an item that stands in a text.
  bool match_places(std::span<const std::uint32_t> members, json::Scanner& scanner, const Places& places,
                    bool& matches);

 private:
  // The document as it was handed over, which jsonpath-ng wraps in a datum where it needs one; and that
  // datum.
  static constexpr std::uint32_t bare_document = 0;
  static constexpr std::uint32_t document = 1;

  Outcome find(std::uint32_t index, std::uint32_t datum);
  bool find_list(std::uint32_t node, std::uint32_t datum);

  bool root(std::uint32_t datum);
  bool parent(std::uint32_t datum);
  bool fields(const Node& node, std::uint32_t datum);
  bool index(const Node& node, std::uint32_t datum);
  bool element(std::uint32_t datum, const json::Value& constant);
  bool slice(const Node& node, std::uint32_t datum);
  bool child(const Node& node, std::uint32_t datum);
  bool descendants(const Node& node, std::uint32_t datum);
  bool walk(const Node& node, std::uint32_t start);
  bool where(const Node& node, std::uint32_t datum);
  bool either(const Node& node, std::uint32_t datum);

  bool filter(const Node& node, std::uint32_t datum);
  bool keeps(const Node& node, View element, bool& keeps);
  bool holds(const Node& node, std::uint32_t element, bool& holds);
  bool compare_literal(const Node& node, View value, bool& holds);
  bool search_literal(const Node& node, View value, bool& holds);
  bool compare_text(const Node& term, json::Scanner& scanner, std::size_t at, bool& holds);

  bool arithmetic(const Node& node, std::uint32_t datum);

  Outcome sorted(const Node& node, std::uint32_t datum);
  bool sort(const Node& node, Elements& elements);
  bool sort_run(const Node& node, std::span<const json::Value*> elements);
  bool comes_before(const Node& node, View left, View right, bool& before);
  bool compare_keys(const Node& key, std::uint32_t left, std::uint32_t right, int& order);

  bool length(std::uint32_t datum);
  bool keys(std::uint32_t datum);
  bool path(std::uint32_t datum);
  bool text(std::uint32_t datum);
  bool split(const Node& node, std::uint32_t datum);
  bool substitute(const Node& node, std::uint32_t datum);

  std::uint32_t wrap(std::uint32_t datum);
  [[nodiscard]] View view(std::uint32_t datum) const { return results_.data[datum].view(); }
  bool add(View value, std::uint32_t parent, std::uint32_t& index);
  bool push(View value, Step step = Step::self, std::uint32_t parent = no_datum);
  bool push_member(const json::Value& value, const std::string& key, std::uint32_t parent);
  bool push_element(const json::Value& value, std::int64_t index, std::uint32_t parent);
  bool push_made(json::Value value, Step step = Step::self, std::uint32_t parent = no_datum);
  Made& make();
  bool value_of(std::uint32_t datum, View& value);

  /// What was looked at and is of no more use.
  struct Mark {
    std::size_t data;
    std::size_t found;
    std::size_t made;
  };
  [[nodiscard]] Mark mark() const { return {results_.data.size(), found_.size(), results_.made.size()}; }
  void forget(Mark mark);
  void drop_left(std::size_t first, std::size_t end);

  bool fail(std::string_view type, std::string message);
  bool locate(const Node& node);
  bool no_list();
  bool no_length();

  Expression& expression_;
  Results& results_;
  Error& error_;
  Budget budget_;
  bool is_located_ = false;  // whether the error has its offset
  std::vector<std::uint32_t>& found_ = results_.found;
};

}  // namespace stactask::jsonpath
