#include "jsonpath/read_parts.hpp"

#include <string>

#include "json/reader.hpp"

namespace stactask::jsonpath {

using json::Value;

namespace {

std::uint32_t find_named(const Reads& reads, std::uint32_t parent, std::string_view key) {
  for (std::uint32_t i = 0; i < reads.members.size(); ++i) {
    if (reads.members[i].parent == parent && reads.members[i].key == key) return i;
  }
  return no_member;
}

// Recursion is as deep as the reads are, hence no deeper than expressions.
class PartsReader {
 public:
  PartsReader(json::Scanner& scanner, const Reads& reads) : scanner_(scanner), reads_(reads) {}

  bool read(std::uint32_t parent, bool is_whole, Value& out) {
    if (is_whole || scanner_.peek() != '{') return json::read_value(scanner_, out, duplicates_);
    out = json::empty_container(true);
    auto& members = *out.get_ptr<Value::object_t*>();
    return scanner_.object([&](const json::StringSpan& key) {
      const std::uint32_t index = find_member(reads_, parent, key);
      if (index == no_member) return scanner_.skip_value();
      const ReadMember& member = reads_.members[index];
      return read(index, member.is_whole, members.emplace(member.key, nullptr).first->second);
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

std::uint32_t find_member(const Reads& reads, std::uint32_t parent, const json::StringSpan& key) {
  return key.escaped ? find_named(reads, parent, json::decode_string(key))
                     : find_named(reads, parent, key.raw);
}

void add_reads(Reads& all, const Reads& more) {
  all.is_everything = all.is_everything || more.is_everything;
  std::vector<std::uint32_t> places;  // of each member of `more` in `all`
  for (const ReadMember& member : more.members) {
    const bool is_top = member.parent == ReadMember::of_item;
    const std::uint32_t parent = is_top ? ReadMember::of_item : places[member.parent];
    std::uint32_t index = find_named(all, parent, member.key);
    if (index == no_member) {
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
