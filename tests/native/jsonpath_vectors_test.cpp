// What jsonpath-ng 1.8.0 makes of each recorded expression, and what it finds, is what the core says:
// tests/vectors/jsonpath-parse.json, jsonpath-eval.json and jsonpath-match.json.

#include "jsonpath/find.hpp"
#include "jsonpath_text.hpp"
#include "prune.hpp"
#include "vectors.hpp"

namespace stactask::testing {

using json::Value;

namespace {

// `=` is another way to write `==`, and the tree does not tell them apart.
void unify_operators(Value& tree) {
  if (!tree.is_array()) return;
  auto& elements = *tree.get_ptr<Value::array_t*>();
  if (json::python_repr(tree).starts_with("['Expr', ") && elements[2].is_string()) {
    if (json::string_of(elements[2]) == "=") elements[2] = std::string("==");
  }
  for (Value& element : elements) unify_operators(element);
}

std::string parsed(const std::string& text) {
  jsonpath::Error error;
  const auto expression = jsonpath::parse(text, error);
  return expression ? json::python_repr(TreeWriter(*expression).write()) : text_of(error);
}

std::string found(const std::string& text, const Value& root) {
  jsonpath::Error error;
  auto expression = jsonpath::parse(text, error);
  jsonpath::Results results;
  if (!expression || !jsonpath::find(*expression, root, results, error)) return text_of(error);
  return repr_of(results);
}

std::string match(jsonpath::Expression& expression, const Value& item) {
  jsonpath::Error error;
  bool matches = false;
  if (!jsonpath::match(expression, item, matches, error)) return text_of(error);
  return matches ? "match" : "no match";
}

// Over the item, and over what the expression says that it looks at.
std::string matched(const std::string& text, const Value& item) {
  jsonpath::Error error;
  auto expression = jsonpath::parse(text, error);
  if (!expression) return text_of(error);
  std::string outcome = match(*expression, item);
  CHECK(match(*expression, prune(item, jsonpath::reads_of(*expression))) == outcome);
  return outcome;
}

Value list_of(const Value& item) {
  Value list = Value::array();
  list.push_back(item);
  return list;
}

// What is asked: the outcome without the changes that filters make to the document.
const Value& outcome_of(const Value& recorded) {
  const Value* pure = json::member(&recorded, "pure_1_8_0");
  return pure != nullptr ? *pure : recorded;
}

std::string expected_match(const Value& recorded) {
  const Value& outcome = outcome_of(recorded);
  if (const Value* error = json::member(&outcome, "error")) return json::string_of(*error);
  return at(outcome, "match").get<bool>() ? "match" : "no match";
}

std::string ids_of(const std::string& text, const Value& payload) {
  jsonpath::Error error;
  auto expression = jsonpath::parse(text, error);
  jsonpath::Results results;
  if (!expression || !jsonpath::find(*expression, payload, results, error)) return text_of(error);
  Value ids = Value::array();
  for (std::size_t i = 0; i < results.size(); ++i) ids.push_back(text_at(results[i].value(), "id"));
  return json::python_repr(ids);
}

}  // namespace

TEST_CASE("jsonpath vectors: an expression has jsonpath-ng's syntax tree, or its error") {
  const Value vectors = read_vectors("jsonpath-parse.json");
  const auto& cases = json::array_of(vectors);
  REQUIRE(cases.size() >= 900);
  for (const Value& recorded : cases) {
    INFO("expression: ", text_at(recorded, "expr"));
    const Value* tree = json::member(&recorded, "ast");
    Value expected = tree != nullptr ? *tree : Value(nullptr);
    unify_operators(expected);
    CHECK(parsed(text_at(recorded, "expr")) ==
          (tree != nullptr ? json::python_repr(expected) : text_at(recorded, "error")));
  }
}

TEST_CASE("jsonpath vectors: an expression finds what jsonpath-ng finds in a list of one item") {
  const Value vectors = read_vectors("jsonpath-eval.json");
  const auto& cases = json::array_of(vectors);
  REQUIRE(cases.size() >= 700);
  for (const Value& recorded : cases) {
    INFO("expression: ", text_at(recorded, "expr"), "\nitem: ", json::python_repr(at(recorded, "item")));
    const Value& outcome = outcome_of(recorded);
    const Value* error = json::member(&outcome, "error");
    CHECK(found(text_at(recorded, "expr"), list_of(at(recorded, "item"))) ==
          (error != nullptr ? json::string_of(*error) : json::python_repr(at(outcome, "values"))));
    CHECK(matched(text_at(recorded, "expr"), at(recorded, "item")) == expected_match(recorded));
  }
}

TEST_CASE("jsonpath vectors: matchers and Cirrus's filters keep what they keep in Python") {
  const Value vectors = read_vectors("jsonpath-match.json");
  const auto& cases = json::array_of(vectors);
  REQUIRE(cases.size() >= 350);
  for (const Value& recorded : cases) {
    INFO("group: ", text_at(recorded, "group"), "\nexpression: ", text_at(recorded, "expr"));
    const Value* payload = json::member(&recorded, "payload");
    if (payload == nullptr) {
      CHECK(matched(text_at(recorded, "expr"), at(recorded, "item")) == expected_match(recorded));
      continue;
    }
    const Value* ids = json::member(&recorded, "matched_ids");
    CHECK(ids_of(text_at(recorded, "expr"), *payload) ==
          (ids != nullptr ? json::python_repr(*ids) : text_at(recorded, "error")));
  }
}

TEST_CASE("jsonpath vectors: hand-written and random cases end as in Python") {
  const Value vectors = read_vectors("jsonpath-found.json");
  const auto& cases = json::array_of(at(vectors, "cases"));
  REQUIRE(cases.size() >= 500);
  for (const Value& recorded : cases) {
    const std::string& text = text_at(recorded, "expression");
    INFO("case: ", text_at(recorded, "name"), "\nexpression: ", text,
         "\ndocument: ", text_at(recorded, "document"));
    CHECK(parsed(text) == text_at(recorded, "tree"));
    if (!text_at(recorded, "tree").starts_with('[')) continue;
    const Value document = parse(text_at(recorded, "document"));
    CHECK(found(text, document) == text_at(recorded, "found"));
    const std::string outcome = matched(text, document);
    CHECK((outcome == "match"      ? "True"
           : outcome == "no match" ? "False"
                                   : outcome) == text_at(recorded, "matched"));
  }
}

}  // namespace stactask::testing
