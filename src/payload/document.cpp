#include "payload/document.hpp"

#include <string>

#include "json/pointer.hpp"
#include "payload/key_set.hpp"

namespace stactask::payload {

using json::StringSpan;
using json::Value;

namespace {

class DocumentReader {
 public:
  DocumentReader(std::string_view text, bool look_at_features, Document& document)
      : scanner_(text), look_at_features_(look_at_features), document_(document) {}

  void read() {
    const bool well_formed = read_root() && scanner_.finish();
    if (!well_formed) document_.syntax_error = scanner_.error();
    document_.oddities = scanner_.oddities();
  }

 private:
  bool read_root() {
    document_.root_is_object = scanner_.peek() == '{';
    if (!document_.root_is_object) {
      return json::read_value(scanner_, document_.root, document_.duplicates);
    }
    KeySet keys;
    return scanner_.object([&](const StringSpan& key) {
      const std::string_view name = keys.text_of(key);
      if (!keys.insert(name)) add_duplicate(key, json::child("", name));
      if (name == "process") return read_process();
      if (name == "features") return read_features();
      return scanner_.skip_value();
    });
  }

  bool read_process() {
    std::vector<json::DuplicateKey> duplicates;
    if (!json::read_value(scanner_, document_.process, duplicates)) return false;
    for (json::DuplicateKey& duplicate : duplicates) {
      duplicate.pointer.insert(0, "/process");
      document_.duplicates.push_back(std::move(duplicate));
    }
    document_.payload.process = {&document_.process, "/process"};
    return true;
  }

  bool read_features() {
    const bool is_list = scanner_.peek() == '[';
    document_.features = is_list ? Value(Value::array()) : Value(nullptr);
    document_.payload.features = {&document_.features, "/features"};
    if (!is_list || !look_at_features_) return scanner_.skip_value();
    return scanner_.array([&](std::size_t index) {
      if (scanner_.peek() != '{') return scanner_.skip_value();
      feature_keys_.clear();
      return scanner_.object([&](const StringSpan& key) {
        const std::string_view name = feature_keys_.text_of(key);
        if (!feature_keys_.insert(name)) {
          add_duplicate(key, json::child(json::child("/features", index), name));
        }
        return scanner_.skip_value();
      });
    });
  }

  void add_duplicate(const StringSpan& key, std::string pointer) {
    document_.duplicates.push_back(json::duplicate_key(scanner_, key, std::move(pointer)));
  }

  json::Scanner scanner_;
  bool look_at_features_;
  Document& document_;
  KeySet feature_keys_;
};

}  // namespace

void read_document(std::string_view text, bool look_at_features, Document& document) {
  DocumentReader(text, look_at_features, document).read();
}

}  // namespace stactask::payload
