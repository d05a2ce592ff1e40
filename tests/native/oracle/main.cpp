// Answers what the scripts in tests/oracle put to the real Python, too: on each line of the standard input
// the name of an engine, a blank and a question in JSON; on each line of the standard output the answer, JSON
// in ASCII.

#include <cstdio>
#include <string>
#include <string_view>

#include "engines.hpp"
#include "json/reader.hpp"
#include "padded.hpp"

namespace stactask::oracle {

namespace {

struct Engine {
  std::string_view name;
  std::string (*answer)(const json::Value& question);
};

// By name.
constexpr Engine engines[] = {
    {"jsonpath", answer_jsonpath},
    {"layout", answer_layout},
    {"regex", answer_regex},
};

bool read_line(std::string& line) {
  line.clear();
  int c = std::getchar();
  for (; c != EOF && c != '\n'; c = std::getchar()) line.push_back(static_cast<char>(c));
  return c != EOF || !line.empty();
}

// False where there is no such engine, or no question.
bool answer(std::string_view line) {
  const std::size_t end = line.find(' ');
  if (end == std::string_view::npos) return false;
  for (const Engine& engine : engines) {
    if (engine.name != line.substr(0, end)) continue;
    const testing::Padded text(line.substr(end + 1));
    json::Scanner scanner(text.view());
    json::Value question;
    json::DuplicateKeys duplicates;
    if (!json::read_value(scanner, question, duplicates) || !scanner.finish()) return false;
    std::puts(engine.answer(question).c_str());
    std::fflush(stdout);
    return true;
  }
  return false;
}

}  // namespace

}  // namespace stactask::oracle

int main() {
  for (std::string line; stactask::oracle::read_line(line);) {
    if (stactask::oracle::answer(line)) continue;
    std::fprintf(stderr, "no engine answers: %s\n", line.c_str());
    return 1;
  }
  return 0;
}
