#include "jsonpath/read_parts.hpp"

#include <string>

#include "json/reader.hpp"

namespace stactask::jsonpath {

using json::Value;

namespace {

constexpr std::uint32_t nothing = 0xFFFFFFFE;

// The index of a member among those that are looked at.
std::uint32_t find_member(const Reads& reads, std::uint32_t parent, std::string_view key) {
  for (std::uint32_t i = 0; i < reads.members.size(); ++i) {
    if (reads.members[i].parent == parent && reads.members[i].key == key) return i;
  }
  return nothing;
}

// Recursion is as deep as the reads are, hence no deeper than expressions.
class PartsReader {
 public:
  PartsReader(json::Scanner& scanner, const Reads& reads) : scanner_(scanner), reads_(reads) {}

  bool read(std::uint32_t parent, bool is_whole, Value& out) {
    if (is_whole || scanner_.peek() != '{') return json::read_value(scanner_, out, duplicates_);
    out = Value::object();
    auto& members = *out.get_ptr<Value::object_t*>();
    return scanner_.object([&](const json::StringSpan& key) {
      const std::string name = key.escaped ? json::decode_string(key) : std::string(key.raw);
      const std::uint32_t index = find_member(reads_, parent, name);
      if (index == nothing) return scanner_.skip_value();
      Value& value = members.emplace(name, nullptr).first->second;
      return read(index, reads_.members[index].is_whole, value);
    });
  }

 private:
  json::Scanner& scanner_;
  const Reads& reads_;
  json::DuplicateKeys duplicates_;
};

void write_members(json::Writer& writer, const Reads& reads, std::uint32_t parent) {
  writer.begin_object();
  for (std::uint32_t i = 0; i < reads.members.size(); ++i) {
    const ReadMember& member = reads.members[i];
    if (member.parent != parent) continue;
    writer.key(member.key);
    if (member.is_whole) {
      writer.boolean(true);
    } else {
      write_members(writer, reads, i);
    }
  }
  writer.end_object();
}

}  // namespace

void add_reads(Reads& all, const Reads& more) {
  all.is_everything = all.is_everything || more.is_everything;
  std::vector<std::uint32_t> places;  // of each member of `more` in `all`
  for (const ReadMember& member : more.members) {
    const bool is_top = member.parent == ReadMember::of_item;
    const std::uint32_t parent = is_top ? ReadMember::of_item : places[member.parent];
    std::uint32_t index = find_member(all, parent, member.key);
    if (index == nothing) {
      index = static_cast<std::uint32_t>(all.members.size());
      all.members.push_back({member.key, parent, false});
    }
    all.members[index].is_whole = all.members[index].is_whole || member.is_whole;
    places.push_back(index);
  }
}

bool read_parts(json::Scanner& scanner, const Reads& reads, Value& out) {
  return PartsReader(scanner, reads).read(ReadMember::of_item, reads.is_everything, out);
}

void write_reads(json::Writer& writer, const Reads& reads) {
  if (reads.is_everything) {
    writer.boolean(true);
  } else {
    write_members(writer, reads, ReadMember::of_item);
  }
}

}  // namespace stactask::jsonpath
