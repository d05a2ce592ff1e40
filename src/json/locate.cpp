#include "json/locate.hpp"

#include <forward_list>

#include "json/pointer.hpp"
#include "json/reader.hpp"

namespace stactask::json {

namespace {

// The pointers as a tree: a node for each value on the way to one that is wanted.
struct Node {
  OrderedMap<std::string_view, std::size_t> children;  // token to index in the tree
  std::vector<std::size_t> wanted;                     // indices of the pointers that end here
};

class PointerTree {
 public:
  explicit PointerTree(std::span<const std::string> pointers) : nodes_(1) {
    for (std::size_t i = 0; i < pointers.size(); ++i) {
      std::size_t node = 0;
      for (std::string_view rest = pointers[i]; !rest.empty();) node = child_for(node, take_token(rest));
      nodes_[node].wanted.push_back(i);
    }
  }

  [[nodiscard]] const Node& root() const { return nodes_.front(); }
  [[nodiscard]] const Node& at(std::size_t index) const { return nodes_[index]; }

 private:
  std::size_t child_for(std::size_t parent, std::string token) {
    const auto found = nodes_[parent].children.find(token);
    if (found != nodes_[parent].children.end()) return found->second;
    const std::string_view kept = tokens_.emplace_front(std::move(token));
    nodes_[parent].children.emplace(kept, nodes_.size());
    nodes_.emplace_back();
    return nodes_.size() - 1;
  }

  std::vector<Node> nodes_;
  std::forward_list<std::string> tokens_;
};

class Locator {
 public:
  Locator(std::string_view text, std::span<const std::string> pointers)
      : scanner_(text), tree_(pointers), ranges_(pointers.size()) {}

  std::vector<ByteRange> locate() {
    visit(tree_.root());
    return std::move(ranges_);
  }

 private:
  bool visit(const Node& node) {
    const Byte first = scanner_.peek();
    const std::size_t start = scanner_.offset();
    bool well_formed = false;
    if (node.children.empty() || (first != '{' && first != '[')) {
      well_formed = scanner_.skip_value();
    } else if (first == '{') {
      well_formed =
          scanner_.object([&](const StringSpan& key) { return visit_child(node, decode_string(key)); });
    } else {
      well_formed =
          scanner_.array([&](std::size_t index) { return visit_child(node, std::to_string(index)); });
    }
    assign(node, {start, scanner_.offset()}, false);
    return well_formed;
  }

  bool visit_child(const Node& node, std::string_view token) {
    const auto child = node.children.find(token);
    if (child == node.children.end()) return scanner_.skip_value();
    forget(tree_.at(child->second));
    return visit(tree_.at(child->second));
  }

  // An earlier member of the same name does not count, nor does what was found inside it.
  void forget(const Node& node) {
    for (const std::size_t index : node.wanted) ranges_[index] = {};
    for (const auto& [token, child] : node.children) forget(tree_.at(child));
  }

  // Give the node's pointers this range, and those below it that found nothing of their own.
  void assign(const Node& node, ByteRange range, bool only_unfound) {
    for (const std::size_t index : node.wanted) {
      if (!only_unfound || ranges_[index].end == 0) ranges_[index] = range;
    }
    for (const auto& [token, child] : node.children) assign(tree_.at(child), range, true);
  }

  Scanner scanner_;
  PointerTree tree_;
  std::vector<ByteRange> ranges_;
};

// Walks a whole text and knows at each token which value it is in.
class PathWalker {
 public:
  PathWalker(std::string_view text, std::span<const std::size_t> offsets)
      : scanner_(text), offsets_(offsets) {}

  std::vector<std::string> walk() {
    while (pointers_.size() < offsets_.size() && step()) {
    }
    pointers_.resize(offsets_.size());
    return std::move(pointers_);
  }

 private:
  struct Level {
    bool is_object;
    std::size_t index = 0;
    std::string key = {};
  };

  // One value's beginning (a scalar's whole), then everything that ends after it.
  bool step() {
    const Byte first = scanner_.peek();
    if (first == '{' || first == '[') {
      if (!scanner_.enter()) return false;
      claim();
      levels_.push_back({first == '{'});
      if (scanner_.peek() != closer()) return next_name();
    } else if (!scanner_.skip_value()) {
      return false;
    } else {
      claim();
    }
    for (;;) {
      if (levels_.empty()) return false;
      if (scanner_.peek() != closer()) {
        ++levels_.back().index;
        return scanner_.comma() && next_name();
      }
      scanner_.leave();
      levels_.pop_back();
      claim();
    }
  }

  [[nodiscard]] Byte closer() const { return levels_.back().is_object ? '}' : ']'; }

  bool next_name() {
    if (!levels_.back().is_object) return true;
    StringSpan key;
    if (!scanner_.key(key)) return false;
    levels_.back().key = decode_string(key);
    claim();
    return true;
  }

  // Offsets that have just been passed lie in the value the walker is in.
  void claim() {
    while (pointers_.size() < offsets_.size() && offsets_[pointers_.size()] < scanner_.offset()) {
      std::string pointer;
      for (const Level& level : levels_) {
        append_token(pointer, level.is_object ? level.key : std::to_string(level.index));
      }
      pointers_.push_back(std::move(pointer));
    }
  }

  Scanner scanner_;
  std::span<const std::size_t> offsets_;
  std::vector<Level> levels_;
  std::vector<std::string> pointers_;
};

}  // namespace

std::vector<std::string> pointers_at(std::string_view text, std::span<const std::size_t> offsets) {
  return PathWalker(text, offsets).walk();
}

std::vector<ByteRange> locate(std::string_view text, std::span<const std::string> pointers) {
  return Locator(text, pointers).locate();
}

}  // namespace stactask::json
