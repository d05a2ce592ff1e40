#include "jsonpath/reads.hpp"

#include "jsonpath/expression.hpp"

#include <algorithm>

namespace stactask::jsonpath {

namespace {

// More members than this are everything.
constexpr std::size_t max_members = 100;

/// Where in the item the data may stand that a node finds. `places` are indices of members; the item itself
/// is `ReadMember::of_item`.
struct Data {
  std::vector<std::uint32_t> places;
  bool has_list = false;  // the list that the item is in
  bool has_other =
      false;  // what is known without looking at more of the item: computed, or in a list or a whole member

  void add(const Data& other) {
    for (const std::uint32_t place : other.places) add(place);
    has_list = has_list || other.has_list;
    has_other = has_other || other.has_other;
  }
  void add(std::uint32_t place) {
    if (std::find(places.begin(), places.end(), place) == places.end()) places.push_back(place);
  }
};

/// Evaluates an expression without an item.
class Reader {
 public:
  explicit Reader(const Expression& expression) : expression_(expression) {}

  Reads read() {
    Data list;
    list.has_list = true;
    find(expression_.root, list, list);
    if (reads_.is_everything) reads_.members.clear();
    return std::move(reads_);
  }

 private:
  /// What a node finds over data whose top, which `$` goes to, is `top`.
  Data find(std::uint32_t index, const Data& data, const Data& top) {
    const Node& node = expression_.nodes[index];
    switch (node.kind) {
      case Kind::root: {
        // What was computed is its own top.
        Data out = top;
        out.has_other = out.has_other || data.has_other;
        return out;
      }
      case Kind::self: return data;
      case Kind::fields: return fields(node, data);
      case Kind::slice: return slice(data);
      case Kind::child: return find(node.right, find(node.left, data, top), top);
      case Kind::either: {
        Data out = find(node.left, data, top);
        out.add(find(node.right, data, top));
        return out;
      }
      case Kind::where:
      case Kind::where_not: {
        Data out = find(node.left, data, top);
        find(node.right, out, top);
        return out;
      }
      case Kind::both: return {};  // an error, whatever the item
      case Kind::arithmetic: {
        for (const std::uint32_t side : {node.left, node.right}) {
          // Two lists make one, in which the item is.
          if (expression_.nodes[side].kind != Kind::literal && find(side, data, top).has_list)
            take_everything();
        }
        return other();
      }
      // Of an object, nothing but that it is one matters to these.
      case Kind::split:
      case Kind::substitute: return other();
      case Kind::filter: return filter(node, data);
      case Kind::index: return this->index(data);
      case Kind::length:
      case Kind::keys: return take_whole(data, false);
      case Kind::text: return take_whole(data, true);
      case Kind::descendants: {
        const Data left = take_whole(find(node.left, data, top), true);
        Data out = find(node.right, left, top);
        out.has_other = true;
        return out;
      }
      default: return take_everything();
    }
  }

  Data fields(const Node& node, const Data& data) {
    Data out;
    out.has_other = data.has_other;
    for (std::uint32_t i = node.first; i < node.first + node.count; ++i) {
      const std::string& name = json::string_of(expression_.constants[i]);
      if (name == "*") return take_whole(data, false);
      for (const std::uint32_t place : data.places) out.add(member(place, name));
    }
    return out;
  }

  // What is no list is taken for a list of itself.
  static Data slice(const Data& data) {
    Data out = data;
    out.has_list = false;
    out.has_other = out.has_other || !data.places.empty();
    if (data.has_list) out.add(ReadMember::of_item);
    return out;
  }

  // Of an object, an index asks for the number of its members.
  Data index(const Data& data) {
    Data out = take_whole(data, false);
    if (data.has_list) out.add(ReadMember::of_item);
    return out;
  }

  // The values of an object are filtered.
  Data filter(const Node& node, const Data& data) {
    Data elements = take_whole(data, false);
    if (data.has_list) elements.add(ReadMember::of_item);
    for (std::uint32_t term = node.left; term != no_node; term = expression_.nodes[term].next) {
      // A comparison, with a text, a number or a boolean, does not look into objects.
      find(expression_.nodes[term].left, elements, elements);
    }
    return elements;
  }

  Data take_whole(const Data& data, bool with_list) {
    for (const std::uint32_t place : data.places) {
      if (place == ReadMember::of_item) return take_everything();
      reads_.members[place].is_whole = true;
    }
    return with_list && data.has_list ? take_everything() : other();
  }

  Data take_everything() {
    reads_.is_everything = true;
    return other();
  }

  static Data other() {
    Data out;
    out.has_other = true;
    return out;
  }

  std::uint32_t member(std::uint32_t parent, const std::string& key) {
    auto& members = reads_.members;
    for (std::uint32_t i = 0; i < members.size(); ++i) {
      if (members[i].parent == parent && members[i].key == key) return i;
    }
    if (members.size() == max_members) {
      reads_.is_everything = true;
      return 0;
    }
    members.push_back({key, parent, false});
    return static_cast<std::uint32_t>(members.size() - 1);
  }

  const Expression& expression_;
  Reads reads_;
};

}  // namespace

Reads reads_of(const Expression& expression) { return Reader(expression).read(); }

}  // namespace stactask::jsonpath
