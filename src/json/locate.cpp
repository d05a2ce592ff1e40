#include "json/locate.hpp"

#include <algorithm>
#include <forward_list>

#include "json/pointer.hpp"
#include "json/reader.hpp"

namespace stactask::json {

namespace {

constexpr std::size_t none = static_cast<std::size_t>(-1);

// The pointers as a tree: a node for each value on the way to one that is wanted. A node stands behind its
// parent.
struct Node {
  std::size_t parent = none;
  OrderedMap<std::string_view, std::size_t> children = {};  // token to index in the tree
  Place place = {};
  // The visit in which the node was found last, and that of its parent around it: where the parent was
  // visited again since, an earlier member of the same name held the node, and that does not count.
  std::size_t visit = 0;
  std::size_t parent_visit = 0;
};

class Locator {
 public:
  Locator(std::string_view text, std::span<const std::string> pointers) : scanner_(text), nodes_(1) {
    wanted_.reserve(pointers.size());
    for (std::string_view rest : pointers) {
      std::size_t node = 0;
      while (!rest.empty()) node = child_for(node, take_token(rest));
      wanted_.push_back(node);
    }
  }

  std::vector<Place> locate() {
    visit(0, {});
    // Parents come first, so each node without a place of its own takes that of the nearest around it.
    for (std::size_t i = 1; i < nodes_.size(); ++i) {
      Node& node = nodes_[i];
      const Node& parent = nodes_[node.parent];
      if (node.visit != 0 && node.parent_visit == parent.visit) continue;
      node.place = {parent.place.value, {}};
      node.visit = 0;
    }
    std::vector<Place> places;
    places.reserve(wanted_.size());
    for (const std::size_t node : wanted_) places.push_back(nodes_[node].place);
    return places;
  }

 private:
  std::size_t child_for(std::size_t parent, std::string token) {
    const auto found = nodes_[parent].children.find(token);
    if (found != nodes_[parent].children.end()) return found->second;
    const std::string_view kept = tokens_.emplace_front(std::move(token));
    nodes_[parent].children.emplace(kept, nodes_.size());
    nodes_.push_back({parent});
    return nodes_.size() - 1;
  }

  bool visit(std::size_t index, ByteRange key) {
    Node& node = nodes_[index];
    node.visit = ++clock_;
    if (node.parent != none) node.parent_visit = nodes_[node.parent].visit;
    const Byte first = scanner_.peek();
    const std::size_t start = scanner_.offset();
    bool well_formed = false;
    if (node.children.empty() || (first != '{' && first != '[')) {
      well_formed = scanner_.skip_value();
    } else if (first == '{') {
      well_formed = scanner_.object([&](const StringSpan& name) {
        const std::size_t from = scanner_.offset_of(name.raw.data()) - 1;
        return visit_child(node, decode_string(name), {from, from + name.raw.size() + 2});
      });
    } else {
      well_formed = scanner_.array([&](std::size_t i) { return visit_child(node, std::to_string(i), {}); });
    }
    node.place = {{start, scanner_.offset()}, key};
    return well_formed;
  }

  bool visit_child(const Node& node, std::string_view token, ByteRange key) {
    const auto child = node.children.find(token);
    return child == node.children.end() ? scanner_.skip_value() : visit(child->second, key);
  }

  Scanner scanner_;
  std::vector<Node> nodes_;
  std::vector<std::size_t> wanted_;  // the node of each pointer
  std::forward_list<std::string> tokens_;
  std::size_t clock_ = 0;
};

// Walks a whole text and knows at each token which value it is in.
class PathWalker {
 public:
  PathWalker(std::string_view text, std::span<const std::size_t> offsets, std::size_t max_bytes)
      : scanner_(text), offsets_(offsets), bytes_left_(max_bytes) {}

  std::vector<Spot> walk() {
    while (spots_.size() < offsets_.size() && step()) {
    }
    spots_.resize(offsets_.size());  // what stands behind the text
    return std::move(spots_);
  }

 private:
  struct Level {
    bool is_object = false;
    std::size_t index = 0;
    StringSpan key = {};
    std::vector<std::size_t> starts = {};                    // where each member begins
    OrderedMap<std::string_view, std::size_t> members = {};  // key to the member of that name that came last
  };

  // Levels are used again, since the memory of one that is thrown away is not.
  void open(bool is_object) {
    if (depth_ == levels_.size()) levels_.emplace_back();
    Level& level = levels_[depth_++];
    level.is_object = is_object;
    level.index = 0;
    level.starts.clear();
    level.members.clear();
  }

  // One value's beginning (a scalar's whole), then everything that ends after it.
  bool step() {
    const Byte first = scanner_.peek();
    if (first == '{' || first == '[') {
      if (!scanner_.enter()) return false;
      claim();
      open(first == '{');
      if (scanner_.peek() != closer()) return next_name();
    } else if (!scanner_.skip_value()) {
      return false;
    } else {
      claim();
    }
    for (;;) {
      if (depth_ == 0) return false;
      if (scanner_.peek() != closer()) {
        ++top().index;
        return scanner_.comma() && next_name();
      }
      scanner_.leave();
      --depth_;
      claim();
    }
  }

  Level& top() { return levels_[depth_ - 1]; }
  Byte closer() { return top().is_object ? '}' : ']'; }

  bool next_name() {
    Level& level = top();
    if (!level.is_object) return true;
    const std::size_t start = scanner_.offset();
    if (!scanner_.key(level.key)) return false;
    const std::size_t first_spot = spots_.size();
    claim();
    level.starts.push_back(start);
    const auto [member, is_new] = level.members.emplace(text_of(level.key), level.starts.size() - 1);
    if (!is_new) {
      const ByteRange earlier{level.starts[member->second], level.starts[member->second + 1]};
      for (std::size_t i = first_spot; i < spots_.size(); ++i) {
        if (offsets_[i] == start) spots_[i].earlier = earlier;
      }
      member->second = level.starts.size() - 1;
    }
    return true;
  }

  std::string_view text_of(const StringSpan& key) {
    return key.escaped ? decoded_.emplace_front(decode_string(key)) : key.raw;
  }

  // Offsets that have just been passed lie in the value the walker is in.
  void claim() {
    while (spots_.size() < offsets_.size() && offsets_[spots_.size()] < scanner_.offset()) {
      std::string pointer;
      for (std::size_t i = 0; i < depth_; ++i) {
        const Level& level = levels_[i];
        append_token(pointer, level.is_object ? decode_string(level.key) : std::to_string(level.index));
      }
      if (pointer.size() > bytes_left_) {
        offsets_ = offsets_.first(spots_.size());
        return;
      }
      bytes_left_ -= pointer.size();
      spots_.push_back({std::move(pointer), std::nullopt});
    }
  }

  Scanner scanner_;
  std::span<const std::size_t> offsets_;
  std::size_t bytes_left_;
  std::vector<Level> levels_;  // of which the first `depth_` are open
  std::size_t depth_ = 0;
  std::forward_list<std::string> decoded_;
  std::vector<Spot> spots_;
};

}  // namespace

ByteRange character_at(std::string_view text, std::size_t at) {
  const auto continues = [&](std::size_t i) {
    return i < text.size() && (static_cast<Byte>(text[i]) & 0xC0) == 0x80;
  };
  std::size_t start = std::min(at, text.size() - 1);
  while (start > 0 && continues(start)) --start;
  std::size_t end = start + 1;
  while (continues(end)) ++end;
  return {start, end};
}

std::vector<Place> locate(std::string_view text, std::span<const std::string> pointers) {
  return Locator(text, pointers).locate();
}

std::vector<Spot> spots_at(std::string_view text, std::span<const std::size_t> offsets,
                           std::size_t max_bytes) {
  return PathWalker(text, offsets, max_bytes).walk();
}

// Moves on until so many bytes of the string are passed, or all.
void StringParts::pass(std::size_t end, std::size_t goal) {
  while (decoded_ < goal && at_ + 1 < end) {
    std::size_t length = 1;
    std::size_t bytes = 1;
    if (text_[at_] == '\\') {
      length = text_[at_ + 1] == 'u' ? 6 : 2;
      bytes = decode_string({text_.substr(at_, length), true}).size();
      if (length == 6 && text_.substr(at_ + 6, 2) == "\\u") {
        // Two escapes of surrogates may be one character.
        const std::string pair = decode_string({text_.substr(at_, 12), true});
        if (static_cast<Byte>(pair[0]) >= 0xF0) {
          length = 12;
          bytes = pair.size();
        }
      }
    }
    at_ += length;
    decoded_ += bytes;
  }
}

ByteRange StringParts::find(ByteRange value, ByteRange part) {
  if (string_ != value.start + 1 || part.start < decoded_) {
    string_ = at_ = value.start + 1;
    decoded_ = 0;
  }
  pass(value.end, part.start);
  StringParts rest = *this;
  rest.pass(value.end, part.end);
  return {at_, rest.at_};
}

}  // namespace stactask::json
