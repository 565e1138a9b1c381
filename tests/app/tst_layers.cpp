#include <QtTest>
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;

/// Path below the source folder → content.
using Sources = std::map<std::string, std::string>;
using Strings = std::vector<std::string>;

/// A layer and those whose headers it may include, itself among them.
const std::map<std::string, std::set<std::string>> kMayInclude = {
    {"core", {"core"}},
    {"model", {"core", "model"}},
    {"attacks", {"core", "model", "attacks"}},
    {"ui", {"core", "model", "attacks", "ui"}},
    {"app", {"core", "model", "attacks", "ui", "app"}},
};

/// The rooms of a layer, top down: a file includes from its own room and from those below it.
const std::map<std::string, std::vector<std::set<std::string>>> kRooms = {
    {"core",
     {{"session"}, {"results"}, {"metrics"}, {"outputs"}, {"streetscape"}, {"data"}, {"base"}}},
    {"model",
     {{"training"},
      {"engine"},
      {"losses"},
      {"plan", "cuda"},
      {"networks"},
      {"network"},
      {"checkpoint", "ranks"}}},
    {"attacks", {{"sweep"}, {"registry"}, {"methods", "measures"}, {"engine"}}},
    {"ui", {{"window"}, {"panels"}, {"views", "charts", "forms"}, {"document"}, {"style"}}},
};

struct Include {
  std::string path;
  bool quoted = false;
};

std::vector<Include> includesOf(const std::string& content) {
  static const std::regex kInclude(R"(^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"])");
  std::vector<Include> includes;
  std::istringstream lines(content);
  std::smatch match;
  for (std::string line; std::getline(lines, line);)
    if (std::regex_search(line, match, kInclude))
      includes.push_back({match[2].str(), match[1].str() == "\""});
  return includes;
}

bool matches(const std::string& text, const char* pattern) {
  return std::regex_search(text, std::regex(pattern));
}
bool isTorch(const std::string& header) { return matches(header, "^(torch|ATen|c10|caffe2)/"); }
bool isQt(const std::string& header) {
  return matches(header, R"(^Qt?[A-Z]|^q[a-z0-9]+\.h$)");  // <QWidget>, <QtGui/…>, <qcustomplot.h>
}
bool isHeader(const std::string& file) { return matches(file, R"(\.(h|cuh)$)"); }
/// What nvcc compiles: kernels, their launches, and what their threads do.
bool isKernel(const std::string& file) {
  return matches(file, R"(^model/cuda/.*(\.cu|\.cuh|_body\.h)$)");
}
std::string layerOf(const std::string& path) { return path.substr(0, path.find('/')); }

/// "data" of core/data/sample.h; "" of a file that is in no room.
std::string roomOf(const std::string& path) {
  const std::size_t first = path.find('/'), second = path.find('/', first + 1);
  return second == std::string::npos ? "" : path.substr(first + 1, second - first - 1);
}

/// Place of a file's room in its layer from the top; −1: in no room that there is.
int heightOf(const std::string& path) {
  const auto rooms = kRooms.find(layerOf(path));
  if (rooms == kRooms.end()) return -1;
  for (std::size_t i = 0; i < rooms->second.size(); ++i)
    if (rooms->second[i].count(roomOf(path)) != 0) return static_cast<int>(i);
  return -1;
}

/// Whether `file` may include `header` of the same layer.
bool roomMayInclude(const std::string& file, const std::string& header) {
  const int from = heightOf(file), to = heightOf(header);
  return roomOf(file) == roomOf(header) || (from >= 0 && from < to);
}

/// How `file` comes to a Torch header: "ui/a.h > model/b.h > torch/torch.h"; empty if it does not.
std::string pathToTorch(const std::string& file, const Sources& sources,
                        std::set<std::string>& seen) {
  const auto source = sources.find(file);
  if (source == sources.end() || !seen.insert(file).second) return {};
  for (const Include& include : includesOf(source->second)) {
    if (isTorch(include.path)) return file + " > " + include.path;
    const std::string rest = pathToTorch(include.path, sources, seen);
    if (!rest.empty()) return file + " > " + rest;
  }
  return {};
}

/// One sentence per broken rule.
Strings violations(const Sources& sources) {
  Strings found;
  std::set<std::string> customPlotUsers;
  for (const auto& [file, content] : sources) {
    const std::string layer = layerOf(file);
    const auto broken = [&found, &file = file](const std::string& what) {
      found.push_back(file + " " + what);
    };
    if (kRooms.count(layer) != 0 && heightOf(file) < 0)
      broken("lies in no room of its layer: \"" + roomOf(file) + "\"");
    for (const Include& include : includesOf(content)) {
      const std::string& header = include.path;
      const std::string target = layerOf(header);
      if (include.quoted && !matches(header, R"(\.moc$)") && kMayInclude.count(target) == 0)
        broken("includes \"" + header + "\", which is not written from the root");
      if (kMayInclude.count(target) != 0 && kMayInclude.at(layer).count(target) == 0)
        broken("includes " + header + ", which its layer may not know");
      if (target == layer && kRooms.count(layer) != 0 && !roomMayInclude(file, header))
        broken("includes " + header + ", which lies in a room above or beside its own");
      if (isTorch(header) && layer == "core") broken("includes the Torch header " + header);
      if (isQt(header) && layer != "ui" && layer != "app")
        broken("includes the Qt header " + header);
      if (matches(header, "^spdlog/") && file != "core/base/log.cpp") broken("includes " + header);
      if (matches(header, R"(^opencv2/(highgui|opencv\.hpp))"))
        broken("includes " + header + ", which brings Qt 5");
      if (isHeader(file) && matches(header, R"(^torch/(torch|all|extension)\.h$)"))
        broken("is a header and includes " + header);
      if (header == "qcustomplot.h") customPlotUsers.insert(file);
    }
    if (matches(file, R"(\.cuh?$)") && !isKernel(file)) broken("is CUDA outside of model/cuda");
    if (layer == "ui" || file.rfind("model/plan/", 0) == 0 || isKernel(file)) {
      std::set<std::string> seen;
      const std::string path = pathToTorch(file, sources, seen);
      if (!path.empty()) broken("sees Torch: " + path);
    }
    if (isHeader(file) && matches(content, R"((^|\n)[ \t]*using[ \t]+namespace\b)"))
      broken("is a header and says using namespace");
    if (std::count(content.begin(), content.end(), '\n') > 600) broken("is longer than 600 lines");
  }
  if (customPlotUsers.size() > 1)
    for (const std::string& file : customPlotUsers)
      found.push_back(file + " includes qcustomplot.h, as others do: one shim header may");
  return found;
}

Sources readSources() {
  Sources sources;
  const fs::path root(UNINET_SOURCE_DIR);
  for (const auto& [layer, unused] : kMayInclude)
    for (const auto& entry : fs::recursive_directory_iterator(root / layer)) {
      static const std::set<std::string> kExtensions{".h", ".cpp", ".cu", ".cuh"};
      if (kExtensions.count(entry.path().extension().string()) == 0) continue;
      std::ostringstream content;
      content << std::ifstream(entry.path(), std::ios::binary).rdbuf();
      sources[fs::relative(entry.path(), root).generic_string()] = content.str();
    }
  return sources;
}

}  // namespace

class TestLayers : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void sourcesKeepTheRules() {
    const Sources sources = readSources();
    QVERIFY2(sources.size() > 20, "the sources were not found");
    for (const char* file : {"core/base/log.h", "app/main.cpp", "model/cuda/pgd_step.cu"})
      QVERIFY(sources.count(file) == 1);
    const Strings found = violations(sources);
    for (const std::string& sentence : found) qWarning("%s", sentence.c_str());
    QVERIFY2(found.empty(), "see the warnings above");
  }

  void badSourcesAreFound_data() {
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("content");
    QTest::addColumn<QString>("named");
    const auto row = [](const char* name, const char* file, const char* content,
                        const char* named) { QTest::newRow(name) << file << content << named; };
    row("core to model", "core/base/a.cpp", "#include \"model/engine/engine.h\"\n",
        "model/engine/engine.h");
    row("core to model, angled", "core/base/a.cpp", "#include <model/engine/engine.h>\n",
        "model/engine/engine.h");
    row("model to attacks", "model/engine/a.h", "\n  #  include \"attacks/engine/attack.h\"\n",
        "attacks/engine/attack.h");
    row("model to ui", "model/plan/a.cpp", "#include \"ui/views/a.h\"\n", "ui/views/a.h");
    row("attacks to ui", "attacks/engine/a.cpp", "#include \"ui/views/a.h\"\n", "ui/views/a.h");
    row("ui to app", "ui/views/a.cpp", "#include \"app/commands.h\"\n", "app/commands.h");
    row("not from the root", "core/base/a.cpp", "#include \"error.h\"\n", "\"error.h\"");
    row("upwards", "core/base/a.cpp", "#include \"../model/engine.h\"\n", "../model/engine.h");
    row("a room above", "core/data/a.cpp", "#include \"core/metrics/b.h\"\n",
        "core/metrics/b.h, which lies in a room above");
    row("a room beside", "attacks/methods/a.cpp", "#include \"attacks/measures/b.h\"\n",
        "attacks/measures/b.h, which lies in a room above or beside");
    row("no room", "core/a.cpp", "#include <string>\n", "lies in no room");
    row("an unknown room", "core/misc/a.cpp", "#include <string>\n", "lies in no room");
    row("torch in core", "core/base/a.cpp", "#include <ATen/ATen.h>\n", "ATen/ATen.h");
    row("torch in ui", "ui/views/a.cpp", "#include <c10/core/Device.h>\n", "c10/core/Device.h");
    row("torch behind headers", "model/engine/engine.h", "#include \"model/network/tensor.h\"\n",
        "ui/views/b.h sees Torch: ui/views/b.h > model/engine/engine.h > model/network/tensor.h > "
        "ATen/core/Tensor.h");
    row("torch in the plan", "model/plan/a.cpp", "#include \"model/network/tensor.h\"\n",
        "sees Torch");
    row("torch in a kernel", "model/cuda/a.cu", "#include \"model/network/tensor.h\"\n",
        "sees Torch");
    row("torch in what threads do", "model/cuda/a_body.h", "#include <c10/core/Device.h>\n",
        "sees Torch");
    row("the plan in a kernel", "model/cuda/a.cu", "#include \"model/plan/axis.h\"\n",
        "model/plan/axis.h, which lies in a room above or beside");
    row("a kernel elsewhere", "model/engine/a.cu", "#include <cuda_runtime.h>\n",
        "is CUDA outside of model/cuda");
    row("using namespace in a kernel's header", "model/cuda/a.cuh", "using namespace std;\n",
        "using namespace");
    row("qt in core", "core/base/a.h", "#include <QString>\n", "QString");
    row("qt in model", "model/engine/a.cpp", "#include <QtCore/QString>\n", "QtCore/QString");
    row("qt in attacks", "attacks/engine/a.cpp", "#include <qglobal.h>\n", "qglobal.h");
    row("spdlog elsewhere", "core/base/a.cpp", "#include <spdlog/spdlog.h>\n", "spdlog/spdlog.h");
    row("highgui", "ui/views/a.cpp", "#include <opencv2/opencv.hpp>\n", "opencv2/opencv.hpp");
    row("using namespace", "core/base/a.h", "#pragma once\nusing namespace std;\n",
        "using namespace");
    row("all of torch in a header", "model/engine/a.h", "#include <torch/torch.h>\n",
        "torch/torch.h");
    row("two that use qcustomplot", "ui/charts/a.cpp", "#include <qcustomplot.h>\n",
        "ui/charts/plot.h includes");
  }
  void badSourcesAreFound() {
    QFETCH(QString, file);
    QFETCH(QString, content);
    QFETCH(QString, named);
    Sources sources = goodSources();
    QVERIFY(violations(sources).empty());
    sources[file.toStdString()] = content.toStdString();
    const Strings found = violations(sources);
    QVERIFY(!found.empty());
    QVERIFY2(std::any_of(found.begin(), found.end(),
                         [&](const std::string& sentence) {
                           return QString::fromStdString(sentence).contains(named);
                         }),
             found.front().c_str());
  }

  void longFilesAreFound() {
    Sources sources = goodSources();
    sources["core/base/long.cpp"] = std::string(601, '\n');
    QCOMPARE(violations(sources).size(), std::size_t{1});
  }

 private:
  static Sources goodSources() {
    return {
        {"core/base/log.cpp", "#include \"core/base/log.h\"\n#include <spdlog/spdlog.h>\n"},
        {"core/base/log.h", "#pragma once\n#include <string>\n"},
        {"core/data/sample.h", "#include \"core/base/log.h\"\n"},
        {"model/network/tensor.h", "#include <ATen/core/Tensor.h>\n"},
        {"model/network/tensor.cpp",
         "#include \"model/network/tensor.h\"\n#include <torch/torch.h>\n"
         "using namespace uninet;\n"},
        {"model/engine/engine.h",
         "// #include \"model/network/tensor.h\"\n#include \"core/base/log.h\"\n"},
        {"attacks/methods/pgd.cpp",
         "#include \"model/network/tensor.h\"\n#include <ATen/ATen.h>\n"},
        {"ui/views/b.h", "#include <QWidget>\n#include \"model/engine/engine.h\"\n"},
        {"ui/charts/plot.h", "#include <qcustomplot.h>\n"},
        {"ui/charts/plot.cpp", "#include \"ui/charts/plot.h\"\n#include \"plot.moc\"\n"},
        {"app/main.cpp", "#include \"ui/views/b.h\"\n#include \"model/network/tensor.h\"\n"},
    };
  }
};

QTEST_APPLESS_MAIN(TestLayers)
#include "tst_layers.moc"
