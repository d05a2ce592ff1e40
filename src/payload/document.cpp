#include "payload/document.hpp"

#include <string>

#include "payload/key_set.hpp"

namespace stactask::payload {

using json::StringSpan;
using json::Value;

namespace {

class DocumentReader {
 public:
  DocumentReader(std::string_view text, Reading reading, Document& document)
      : text_(text), scanner_(text), reading_(reading), document_(document) {}

  void read() {
    const bool well_formed = read_root() && scanner_.finish();
    if (!well_formed) document_.syntax_error = scanner_.error();
    document_.oddities = scanner_.oddities();
    document_.oddity_count = scanner_.oddity_count();
  }

 private:
  bool read_root() {
    document_.root_is_object = scanner_.peek() == '{';
    if (!document_.root_is_object) {
      return json::read_value(scanner_, document_.root, document_.duplicates);
    }
    document_.root = json::empty_container(true);
    auto& members = *document_.root.get_ptr<Value::object_t*>();
    return scanner_.object([&](const StringSpan& key) {
      const auto [place, is_new] = members.emplace(json::decode_string(key), nullptr);
      if (!is_new) document_.duplicates.add(key);
      const std::string& name = place->first;
      if (name == "process") return read_process();
      if (name == "features") return read_features();
      return read_member(place->second);
    });
  }

  bool read_member(Value& value) {
    const json::Byte first = scanner_.peek();
    if (first != '{' && first != '[') return json::read_value(scanner_, value, document_.duplicates);
    value = json::empty_container(first == '{');
    return scanner_.skip_value();
  }

  bool read_process() {
    document_.payload.process = {&document_.process, "/process"};
    scanner_.peek();
    const std::size_t start = scanner_.offset();
    document_.clean_process = reading_ == Reading::lint ? clean_processes.find(text_.substr(start)) : nullptr;
    if (document_.clean_process != nullptr) {
      scanner_.seek(start + document_.clean_process->text.size());
    } else if (!json::read_value(scanner_, document_.process, document_.duplicates)) {
      return false;
    }
    document_.process_range = {start, scanner_.offset()};
    return true;
  }

  bool read_features() {
    const bool is_list = scanner_.peek() == '[';
    document_.features_offset = scanner_.offset();
    document_.features = is_list ? json::empty_container(false) : Value(nullptr);
    document_.payload.features = {&document_.features, "/features"};
    if (!is_list || reading_ == Reading::process) return scanner_.skip_value();
    document_.index = {};
    return scanner_.array(
        [&](std::size_t /*index*/) { return reading_ == Reading::lint ? lint_feature() : index_feature(); });
  }

  bool lint_feature() {
    if (scanner_.peek() != '{') return scanner_.skip_value();
    feature_keys_.clear();
    return scanner_.object([&](const StringSpan& key) {
      if (!feature_keys_.insert(feature_keys_.text_of(key))) document_.duplicates.add(key);
      return scanner_.skip_value();
    });
  }

  bool index_feature() {
    FeatureIndex& index = document_.index;
    index.is_full = index.is_full || index.members.size() + index.features.size() > FeatureIndex::max_members;
    if (index.is_full) return scanner_.skip_value();
    const std::size_t offset = scanner_.offset();
    const bool is_read = scanner_.peek() == '{' ? index_members(index.members) : scanner_.skip_value();
    index.features.push_back({offset, index.members.size()});
    return is_read;
  }

  bool index_members(std::vector<json::MemberPlace>& members) {
    return scanner_.object([&](const StringSpan& key) {
      members.push_back({key, scanner_.offset()});
      return scanner_.skip_value();
    });
  }

  std::string_view text_;
  json::Scanner scanner_;
  Reading reading_;
  Document& document_;
  KeySet feature_keys_;
};

}  // namespace

void read_document(std::string_view text, Reading reading, Document& document) {
  DocumentReader(text, reading, document).read();
}

void read_process(std::string_view text, Document& document) {
  json::Scanner scanner(text);
  scanner.seek(document.process_range.start);
  json::read_value(scanner, document.process, document.duplicates);
}

}  // namespace stactask::payload
