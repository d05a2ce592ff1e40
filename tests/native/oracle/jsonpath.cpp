#include "engines.hpp"
#include "json/writer.hpp"
#include "jsonpath/find.hpp"
#include "jsonpath_text.hpp"
#include "prune.hpp"

namespace stactask::oracle {

namespace {

std::string match(jsonpath::Expression& expression, const json::Value& item) {
  jsonpath::Error error;
  bool matches = false;
  if (!jsonpath::match(expression, item, matches, error)) return testing::text_of(error);
  return matches ? "True" : "False";
}

}  // namespace

std::string answer_jsonpath(const json::Value& question) {
  const std::string text = json::string_member(question, "expression");
  const json::Value& document = *json::member(&question, "document");
  jsonpath::Error error;
  auto expression = jsonpath::parse(text, error);
  std::string tree = testing::text_of(error);
  std::string found;
  std::string matched;
  std::string pruned;
  if (expression) {
    tree = json::python_repr(testing::TreeWriter(*expression).write());
    jsonpath::Results results;
    const bool is_found = jsonpath::find(*expression, document, results, error);
    found = is_found ? testing::repr_of(results) : testing::text_of(error);
    matched = match(*expression, document);
    pruned = match(*expression, testing::prune(document, jsonpath::reads_of(*expression)));
  }
  json::Writer writer;
  writer.begin_object().key("tree").string(tree).key("found").string(found).key("matched").string(matched);
  return writer.key("pruned").string(pruned).end_object().take();
}

}  // namespace stactask::oracle
