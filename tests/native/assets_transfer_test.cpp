// What a transfer does next: each case is a conversation with a server and a store.

#include <string>
#include <vector>

#include "assets_calls.hpp"
#include "json/dump.hpp"
#include "json/join.hpp"
#include "json/python_text.hpp"

namespace stactask::testing {

using json::Value;

namespace {

struct Step {
  std::string event;
  std::string action;  // what it has at least
};

struct Conversation {
  std::string name;
  std::string settings;
  std::vector<Step> steps;
};

std::string response(int status, std::string_view headers) {
  return json::join({R"({"is":"response","random":0,"now":784111777000,"status":)", std::to_string(status),
                     R"(,"headers":{)", headers, "}}"});
}

const std::string begin = R"({"is":"begin","exists":null,"part":null})";
const std::string part =
    R"({"is":"begin","exists":null,"part":{"size":40,"etag":"\"a\"","lastModified":null,"total":100}})";
const std::string waited = R"({"is":"waited"})";
const std::string request = R"({"do":"request","headers":{}})";
const std::string resumed = R"({"do":"request","headers":{"range":"bytes=40-","if-range":"\"a\""}})";
const std::string ok = response(200, R"("content-length":"100","etag":"\"a\"")");
const std::string range = response(206, R"("content-range":"bytes 40-99/100","etag":"\"a\"")");
const std::string ended = R"({"is":"ended","received":100,"random":0})";
const std::string read = R"({"do":"read","offset":0,"total":100})";
const std::string wait = R"({"do":"wait","discard":false})";
const std::string start_over = R"({"do":"wait","discard":true})";
const std::string finish = R"({"do":"finish"})";
const std::string cut = R"({"is":"failed","why":"network","received":40,"message":"reset","random":1})";
const std::string checksum = R"("checksum":{"algorithm":"sha2-256","digest":"abcd"})";

void converse(const std::vector<Conversation>& conversations) {
  for (const Conversation& conversation : conversations) {
    CAPTURE(conversation.name);
    std::string state = json::join({"{", conversation.settings, "}"});
    for (const Step& step : conversation.steps) {
      CAPTURE(step.event);
      const Value answer =
          ask_assets("next", json::join({R"({"state":)", state, R"(,"event":)", step.event, "}"}));
      const Value& action = at(answer, "action");
      CHECK_MESSAGE(has_at_least(action, parse(step.action)), json::python_repr(action), " is not ",
                    step.action);
      state.clear();
      json::append_json(state, at(answer, "state"));
    }
  }
}

}  // namespace

TEST_CASE("transfer: whole files") {
  converse({
      {"a file", "", {{begin, request}, {ok, read}, {ended, finish}}},
      {"a file with a checksum",
       checksum,
       {{begin, request},
        {ok, read},
        {ended, R"({"do":"verify","algorithm":"sha2-256"})"},
        {R"({"is":"verified","digest":"ABCD"})", finish}}},
      {"a wrong checksum",
       checksum,
       {{ended, R"({"do":"verify"})"},
        {R"({"is":"verified","digest":"00"})",
         R"({"do":"fail","discard":true,"error":{"code":"ERR_CHECKSUM"}})"}}},
      {"no length",
       "",
       {{begin, request}, {response(200, ""), R"({"do":"read","total":null})"}, {ended, finish}}},
      {"a compressed body",
       "",
       {{response(200, R"("content-length":"9","content-encoding":"gzip","etag":"\"a\"")"),
         R"({"do":"read","total":null,"validator":{"etag":null,"lastModified":null}})"},
        {ended, finish}}},
      {"a length that browsers may have of the compressed body",
       "",
       {{R"({"is":"response","status":200,"trustLength":false,"headers":{"content-length":"9"}})",
         R"({"do":"read","total":null})"}}},
      {"all of it, said to be a part",
       "",
       {{begin, request}, {response(206, R"("content-length":"100")"), read}, {ended, finish}}},
      {"a part that nobody asked for",
       "",
       {{begin, request}, {response(206, R"("content-range":"bytes 0-39/100")"), read}}},
      {"more than announced",
       "",
       {{ok, read},
        {R"({"is":"ended","received":101})",
         R"({"do":"fail","discard":true,"error":{"code":"ERR_SIZE_MISMATCH"}})"}}},
      {"another size than the item says, known before",
       R"("size":99)",
       {{ok,
         R"({"do":"fail","error":{"code":"ERR_SIZE_MISMATCH","message":"the size does not match: actual=100, expected=99"}})"}}},
      {"another size than the item says, known behind",
       R"("size":99)",
       {{response(200, ""), R"({"do":"read"})"},
        {ended, R"({"do":"fail","error":{"code":"ERR_SIZE_MISMATCH"}})"}}},
      {"a file of more than 4 GB",
       "",
       {{response(200, R"("content-length":"5000000000")"), R"({"do":"read","total":5000000000})"},
        {R"({"is":"ended","received":5000000000})", finish}}},
  });
}

TEST_CASE("transfer: a file that is there") {
  const std::string exists = R"({"is":"begin","exists":100,"part":null})";
  converse({
      {"is skipped", "", {{exists, R"({"do":"skip"})"}}},
      {"is skipped if it has the size", R"("size":100)", {{exists, R"({"do":"skip"})"}}},
      {"is fetched again if it has another size", R"("size":99)", {{exists, request}}},
      {"is overwritten", R"("overwrite":true)", {{exists, request}}},
      {"is skipped without a look at its checksum", checksum, {{exists, R"({"do":"skip"})"}}},
  });
  const std::string check = json::join({checksum, R"(,"checkExisting":true)"});
  const std::string verify = R"({"do":"verify","algorithm":"sha2-256"})";
  const std::string right = R"({"is":"verified","digest":"abcd"})";
  const std::string wrong = R"({"is":"verified","digest":"00"})";
  converse({
      {"is skipped if its checksum is right", check, {{exists, verify}, {right, R"({"do":"skip"})"}}},
      {"is fetched again if its checksum is wrong",
       check,
       {{exists, verify}, {wrong, request}, {ok, read}, {ended, verify}, {right, finish}}},
      {"is not fetched a third time",
       check,
       {{exists, verify},
        {wrong, request},
        {ok, read},
        {ended, verify},
        {wrong, R"({"do":"fail","error":{"code":"ERR_CHECKSUM"}})"}}},
      {"is skipped if it has no checksum", R"("checkExisting":true)", {{exists, R"({"do":"skip"})"}}},
      {"is not read if it has another size", json::join({check, R"(,"size":99)"}), {{exists, request}}},
      {"is not read if it is overwritten", json::join({check, R"(,"overwrite":true)"}), {{exists, request}}},
  });
}

TEST_CASE("transfer: whether there is a file") {
  const std::string probe = R"("probe":true,"resume":false)";
  const std::string head = R"({"do":"request","method":"head","headers":{}})";
  const std::string byte = R"({"do":"request","headers":{"range":"bytes=0-0"}})";
  const auto found = [](std::string_view total) {
    return json::join({R"({"do":"found","total":)", total, "}"});
  };
  converse({
      {"there is", probe, {{begin, head}, {ok, found("100")}}},
      {"there is one of any length", probe, {{begin, head}, {response(200, ""), found("null")}}},
      {"there is a compressed one",
       probe,
       {{begin, head}, {response(200, R"("content-length":"9","content-encoding":"gzip")"), found("null")}}},
      {"there is none",
       probe,
       {{begin, head},
        {response(404, ""), R"({"do":"fail","error":{"code":"ERR_HTTP_STATUS","status":404}})"}}},
      {"a server that is busy is asked again",
       probe,
       {{begin, head},
        {response(429, R"("retry-after":"7")"), R"({"do":"wait","seconds":7.0})"},
        {waited, head},
        {ok, found("100")}}},
      {"one that does not answer is asked again",
       json::join({probe, R"(,"maxAttempts":2)"}),
       {{begin, head},
        {cut, R"({"do":"wait"})"},
        {waited, head},
        {cut, R"({"do":"fail","error":{"code":"ERR_NETWORK"}})"}}},
  });
  for (const int status : {403, 405, 501}) {
    converse(
        {{"one that refuses HEAD is asked for a byte",
          probe,
          {{begin, head},
           {response(status, ""), byte},
           {response(503, ""), R"({"do":"wait"})"},
           {waited, byte},
           {response(206, R"("content-range":"bytes 0-0/7","content-length":"1")"), found("7")}}},
         {"one that sends all", probe, {{response(status, ""), byte}, {ok, found("100")}}},
         {"a file without bytes",
          probe,
          {{response(status, ""), byte}, {response(416, R"("content-range":"bytes */0")"), found("0")}}},
         {"one that refuses both",
          probe,
          {{response(status, ""), byte}, {response(403, ""), R"({"do":"fail","error":{"status":403}})"}}}});
  }
  converse(
      {{"of another type, which is never an error",
        json::join({probe, R"(,"type":"image/tiff")"}),
        {{response(200, R"("content-type":"text/html")"),
          R"({"do":"found","warning":"the actual content type does not match the expected: actual=text/html, expected=image/tiff"})"}}}});
}

TEST_CASE("transfer: resuming") {
  converse({
      {"after a break",
       "",
       {{begin, request},
        {ok, read},
        {cut, wait},
        {waited, resumed},
        {range, R"({"do":"read","offset":40,"total":100})"},
        {ended, finish}}},
      {"after a body that is too short",
       "",
       {{ok, read}, {R"({"is":"ended","received":40,"random":0})", wait}, {waited, resumed}}},
      {"a part kept from before",
       "",
       {{part, resumed}, {range, R"({"do":"read","offset":40})"}, {ended, finish}}},
      {"by the date of the last change",
       "",
       {{response(
             200,
             R"("last-modified":"Sun, 06 Nov 1994 08:49:37 GMT","date":"Sun, 06 Nov 1994 08:49:39 GMT")"),
         R"({"do":"read","validator":{"etag":null,"lastModified":"Sun, 06 Nov 1994 08:49:37 GMT"}})"},
        {cut, wait},
        {waited, R"({"headers":{"range":"bytes=40-","if-range":"Sun, 06 Nov 1994 08:49:37 GMT"}})"}}},
      {"not by a date that is too young",
       "",
       {{response(
             200,
             R"("last-modified":"Sun, 06 Nov 1994 08:49:37 GMT","date":"Sun, 06 Nov 1994 08:49:37 GMT")"),
         R"({"validator":{"etag":null,"lastModified":null}})"},
        {cut, start_over}}},
      {"not by a weak ETag",
       "",
       {{response(200, R"("etag":"W/\"a\"")"), R"({"validator":{"etag":null,"lastModified":null}})"},
        {cut, start_over},
        {waited, request}}},
      {"not where the server has no ranges",
       "",
       {{response(200, R"("etag":"\"a\"","accept-ranges":"none")"), R"({"validator":{"etag":null}})"},
        {cut, start_over}}},
      {"not where the store keeps nothing",
       "",
       {{ok, read},
        {R"({"is":"failed","why":"network","received":40,"canKeep":false})", start_over},
        {waited, request}}},
      {"not where nobody wants it", R"("resume":false)", {{part, request}, {ok, read}, {cut, start_over}}},
      {"a changed file, told by the status",
       "",
       {{part, resumed},
        {response(200, R"("content-length":"7","etag":"\"b\"")"), R"({"do":"read","offset":0,"total":7})"}}},
      {"a changed file, told by the ETag",
       "",
       {{part, resumed},
        {response(206, R"("content-range":"bytes 40-99/100","etag":"\"b\"")"), start_over},
        {waited, request}}},
      {"a changed file, told by the date",
       "",
       {{R"({"is":"begin","part":{"size":40,"lastModified":"Sun, 06 Nov 1994 08:49:37 GMT","total":100}})",
         R"({"do":"request","headers":{"if-range":"Sun, 06 Nov 1994 08:49:37 GMT"}})"},
        {response(206,
                  R"("content-range":"bytes 40-99/100","last-modified":"Sun, 06 Nov 1994 08:49:38 GMT")"),
         start_over},
        {waited, request}}},
      {"the same file, told by the ETag, of a server with a date of its own",
       "",
       {{R"({"is":"begin","part":{"size":40,"etag":"\"a\"","lastModified":"Sun, 06 Nov 1994 08:49:37 GMT","total":100}})",
         resumed},
        {response(
             206,
             R"("content-range":"bytes 40-99/100","etag":"\"a\"","last-modified":"Sun, 06 Nov 1994 08:49:38 GMT")"),
         R"({"do":"read","offset":40})"}}},
      {"another range than asked for",
       "",
       {{part, resumed},
        {response(206, R"("content-range":"bytes 41-99/100")"), start_over},
        {waited, request}}},
      {"another total",
       "",
       {{part, resumed},
        {response(206, R"("content-range":"bytes 40-99/101")"), start_over},
        {waited, request}}},
      {"a range without its place",
       "",
       {{part, resumed}, {response(206, ""), start_over}, {waited, request}}},
      {"a part that is whole",
       checksum,
       {{R"({"is":"begin","part":{"size":100,"etag":"\"a\"","total":100}})",
         R"({"headers":{"range":"bytes=100-"}})"},
        {response(416, R"("content-range":"bytes */100")"), R"({"do":"verify"})"}}},
      {"a part that is whole, of another version",
       "",
       {{R"({"is":"begin","part":{"size":100,"etag":"\"a\"","total":100}})",
         R"({"headers":{"range":"bytes=100-"}})"},
        {response(416, R"("content-range":"bytes */100","etag":"\"b\"")"), start_over},
        {waited, request}}},
      {"a unit in capitals",
       "",
       {{part, resumed},
        {response(206, R"("content-range":"Bytes 40-99/100")"), R"({"do":"read","offset":40})"}}},
      {"a part of a file that has shrunk",
       "",
       {{part, resumed}, {response(416, R"("content-range":"bytes */30")"), start_over}, {waited, request}}},
      {"a part that is longer than its file",
       "",
       {{R"({"is":"begin","part":{"size":101,"etag":"\"a\"","total":100}})", request}}},
      {"a wrong checksum of resumed bytes, once",
       checksum,
       {{part, resumed},
        {range, R"({"do":"read"})"},
        {ended, R"({"do":"verify"})"},
        {R"({"is":"verified","digest":"00"})", start_over},
        {waited, request},
        {ok, read},
        {ended, R"({"do":"verify"})"},
        {R"({"is":"verified","digest":"00"})", R"({"do":"fail","error":{"code":"ERR_CHECKSUM"}})"}}},
  });
}

TEST_CASE("transfer: statuses") {
  const auto fails = [](int status) {
    return json::join(
        {R"({"do":"fail","error":{"type":"ClientResponseError","code":"ERR_HTTP_STATUS","status":)",
         std::to_string(status), "}}"});
  };
  for (const int status : {400, 401, 403, 404, 405, 410, 416, 451, 501, 505, 304, 100}) {
    converse({{"at once", "", {{begin, request}, {response(status, ""), fails(status)}}}});
  }
  for (const int status : {408, 425, 429, 500, 502, 503, 504, 520, 599}) {
    converse({{"once more",
               R"("maxAttempts":2)",
               {{begin, request},
                {response(status, ""), start_over},
                {waited, request},
                {response(status, ""), fails(status)}}}});
  }
  converse({
      {"the server's words",
       "",
       {{R"({"is":"response","status":404,"statusText":"It's gone"})",
         R"({"error":{"message":"404, message=\"It's gone\""}})"}}},
      {"a part is kept", "", {{part, resumed}, {response(503, ""), wait}, {waited, resumed}}},
      {"as many seconds as asked for",
       "",
       {{response(429, R"("retry-after":"7")"), R"({"do":"wait","seconds":7.0})"}}},
      {"until a date",
       "",
       {{response(503, R"("retry-after":"Sun, 06 Nov 1994 08:50:07 GMT")"),
         R"({"do":"wait","seconds":30.0})"}}},
      {"until a date that has passed",
       "",
       {{response(503, R"("retry-after":"Sun, 06 Nov 1994 08:49:07 GMT")"),
         R"({"do":"wait","seconds":0.0})"}}},
      {"nonsense", "", {{response(503, R"("retry-after":"soon")"), R"({"do":"wait","seconds":0.05})"}}},
      {"too long",
       "",
       {{response(503, R"("retry-after":"301")"),
         R"({"do":"fail","error":{"status":503,"hint":"The server asks to wait for more than 300 seconds."}})"}}},
  });
}

TEST_CASE("transfer: attempts") {
  const std::string failed = R"({"is":"failed","why":"stalled","received":0,"message":"no data","random":1})";
  std::vector<Step> steps{{begin, request}};
  for (const char* seconds : {"0.1", "0.2", "0.4", "0.8", "1.6", "3.2", "6.4", "12.8", "25.6"}) {
    steps.push_back({failed, json::join({R"({"do":"wait","discard":true,"seconds":)", seconds, "}"})});
    steps.push_back({waited, request});
  }
  steps.push_back(
      {failed,
       R"({"do":"fail","error":{"type":"ServerTimeoutError","code":"ERR_STALLED","message":"no data"}})"});
  converse({
      {"ten, with longer and longer pauses", "", steps},
      {"a total time that is over is no reason to try again",
       "",
       {{R"({"is":"failed","why":"timeout","message":"m"})",
         R"({"do":"fail","error":{"type":"TimeoutError","code":"ERR_TIMEOUT","message":"m"}})"}}},
      {"the part stays for another day",
       R"("maxAttempts":1)",
       {{ok, read}, {cut, R"({"do":"fail","discard":false,"error":{"code":"ERR_NETWORK"}})"}}},
  });
  // As long as there is progress.
  steps = {{response(200, R"("etag":"\"a\"")"), R"({"do":"read"})"}};
  for (int i = 1; i <= 30; ++i) {
    const std::string received = std::to_string(i << 20);
    steps.push_back({json::join({R"({"is":"failed","why":"network","received":)", received, "}"}), wait});
  }
  converse({{"progress", "", steps}});
}

TEST_CASE("transfer: media types") {
  const std::string html = response(200, R"("content-type":"text/html; charset=utf-8")");
  const std::string warning =
      "the actual content type does not match the expected: actual=text/html, expected=image/tiff";
  converse({
      {"a warning",
       R"("type":"image/tiff")",
       {{html, json::join({R"({"do":"read","warning":")", warning, R"("})"})}}},
      {"an error",
       R"("type":"image/tiff","assertType":true)",
       {{html,
         json::join(
             {R"({"do":"fail","error":{"type":"ContentTypeError","code":"ERR_CONTENT_TYPE","message":")",
              warning, R"("}})"})}}},
      {"none", R"("type":"image/tiff","assertType":true)", {{response(200, ""), R"({"do":"read"})"}}},
  });
}

TEST_CASE("transfer: what is no event") {
  converse({
      {"null", "", {{"null", R"({"do":"fail","error":{"code":"ERR_INVALID_CALL"}})"}}},
      {"unknown",
       "",
       {{R"({"is":"it's"})", R"({"do":"fail","error":{"message":"there is no event \"it's\""}})"}}},
  });
}

}  // namespace stactask::testing
