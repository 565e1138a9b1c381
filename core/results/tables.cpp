#include <cmath>
#include <map>
#include <string_view>

#include "core/base/csv.h"
#include "core/base/error.h"
#include "core/base/numbers.h"
#include "core/data/tasks.h"
#include "core/results/figures.h"

namespace uninet {
namespace {

std::string number(double value, int digits) {
  return std::isfinite(value) ? fixedText(value, digits) : "\u2013";
}

std::string withInterval(const Estimate& e, double factor = 1) {
  std::string text = number(e.value * factor, 2);
  if (std::isfinite(e.low))
    text += " [" + number(e.low * factor, 2) + ", " + number(e.high * factor, 2) + "]";
  return text;
}

Table hidingTable(const SweepReport& report, const RunReport& segmentation) {
  const std::string category = optionOf(segmentation.run, "category");
  const RunReport* depth = report.twin(segmentation, "hide-depth");
  Table table{report.find("hide-segmentation") == &segmentation ? "table3" : "table3-" + category,
              "Hiding of \"" + category + "\", \u03b5 " + optionOf(segmentation.run, "epsilon") +
                  ", " + std::to_string(segmentation.images) + " images, 95 % intervals",
              {"Task", "Clean", "Hide from SS", "Hide from D", "SS (rel.)", "D (rel.)"},
              {}};
  struct Row {
    const char* name;
    const char* key;
    double factor;
  };
  for (const Row& row : {Row{"OD (AP box)", "ap_box", 100}, Row{"IS (AP mask)", "ap_mask", 100},
                         Row{"SS (IoU)", "iou", 100}, Row{"D (RMSE, m)", "depth_rmse_m", 1},
                         Row{"ID (abs rel)", "inst_depth_abs_rel", 1}}) {
    const std::string key = category + "/" + row.key;
    const MetricEstimate& ss = segmentation.metric(key);
    const MetricEstimate none;
    const MetricEstimate& d = depth == nullptr ? none : depth->metric(key);
    table.rows.push_back(
        {row.name, withInterval(ss.clean, row.factor), withInterval(ss.attacked, row.factor),
         withInterval(d.attacked, row.factor), withInterval(ss.ratio), withInterval(d.ratio)});
  }
  return table;
}

/// Drift and CKA of each level under each attack for which they were measured.
Table levelsTable(const std::vector<const RunReport*>& runs) {
  Table table{"levels", "Relative drift and linear CKA by level, 95 % intervals", {"Level"}, {}};
  for (const RunReport* run : runs) {
    table.header.push_back(run->run.title + ": drift");
    table.header.push_back(run->run.title + ": CKA");
  }
  for (std::size_t l = 0; l < runs[0]->levels.size(); ++l) {
    table.rows.push_back({runs[0]->levels[l].level});
    for (const RunReport* run : runs) {
      table.rows.back().push_back(withInterval(run->levels[l].drift));
      table.rows.back().push_back(withInterval(run->levels[l].cka));
    }
  }
  return table;
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
    text.replace(at, from.size(), to);
  return text;
}

std::string latex(const std::string& text) {
  static const std::map<char, const char*> kSpecials{{'\\', "\\textbackslash{}"},
                                                     {'~', "\\textasciitilde{}"},
                                                     {'^', "\\textasciicircum{}"},
                                                     {'%', "\\%"},
                                                     {'&', "\\&"},
                                                     {'_', "\\_"},
                                                     {'#', "\\#"},
                                                     {'$', "\\$"},
                                                     {'{', "\\{"},
                                                     {'}', "\\}"},
                                                     {'\n', " "},
                                                     {'\r', " "}};
  std::string escaped;
  for (const char c : text) {
    const auto special = kSpecials.find(c);
    escaped += special == kSpecials.end() ? std::string(1, c) : special->second;
  }
  escaped = replaced(escaped, "\u03b5", "$\\epsilon$");
  escaped = replaced(escaped, "\u2194", "$\\leftrightarrow$");
  escaped = replaced(escaped, "\u00b7", "$\\cdot$");
  escaped = replaced(escaped, "\u0394", "$\\Delta$");
  escaped = replaced(escaped, "\u2020", "$\\dagger$");
  escaped = replaced(escaped, "\u2260", "$\\neq$");
  escaped = replaced(escaped, "\u00b1", "$\\pm$");
  escaped = replaced(escaped, "\u00d7", "$\\times$");
  escaped = replaced(escaped, "\u2212", "$-$");
  return replaced(escaped, "\u2013", "--");
}

std::string joined(const std::vector<std::string>& cells, const std::string& between,
                   std::string (*each)(const std::string&)) {
  std::string line;
  for (std::size_t i = 0; i < cells.size(); ++i) line += (i > 0 ? between : "") + each(cells[i]);
  return line;
}

}  // namespace

std::string markdownText(const std::string& text) {
  std::string escaped;
  for (const char c : text) {
    if (std::string_view("\\|*_`[]<>#").find(c) != std::string_view::npos) escaped += '\\';
    escaped += c == '\n' || c == '\r' ? ' ' : c;
  }
  return escaped;
}

std::vector<Table> tablesOf(const SweepReport& report) {
  std::vector<Table> tables;
  for (const RunReport& run : report.runs)
    if (run.run.attack == "hide-segmentation" && run.images > 0)
      tables.push_back(hidingTable(report, run));
  // Several runs of one category: the file of each has a name of its own.
  for (std::size_t i = 0; i < tables.size(); ++i) {
    const std::string id = tables[i].id;
    int number = 2;
    for (std::size_t k = i + 1; k < tables.size(); ++k)
      if (tables[k].id == id) tables[k].id = concat(id, "-", number++);
  }
  std::vector<const RunReport*> withLevels;
  for (const RunReport& run : report.runs)
    if (!run.levels.empty()) withLevels.push_back(&run);
  if (!withLevels.empty()) tables.push_back(levelsTable(withLevels));
  Table ratios{"ratios", "Metric ratios, 95 % intervals", {"Attack", "Images"}, {}};
  for (const TaskInfo& task : tasks()) ratios.header.emplace_back(task.shortName);
  for (const RunReport& run : report.runs) {
    std::vector<std::string> row{run.run.title, std::to_string(run.images)};
    for (const TaskInfo& task : tasks())
      row.push_back(withInterval(run.metric(task.metricKey).ratio));
    ratios.rows.push_back(std::move(row));
  }
  tables.push_back(std::move(ratios));
  return tables;
}

std::string tableMarkdown(const Table& table) {
  std::string text =
      markdownText(table.title) + "\n\n| " + joined(table.header, " | ", markdownText) + " |\n|";
  for (std::size_t i = 0; i < table.header.size(); ++i) text += i < table.names ? "---|" : "---:|";
  text += "\n";
  for (const auto& row : table.rows) text += "| " + joined(row, " | ", markdownText) + " |\n";
  return text;
}

std::string tableCsv(const Table& table) {
  std::string text = csvLine(table.header);
  for (const auto& row : table.rows) text += csvLine(row);
  return text;
}

std::string tableLatex(const Table& table) {
  std::string text = "% " + replaced(table.title, "\n", " ") + "\n\\begin{tabular}{" +
                     std::string(table.names, 'l') +
                     std::string(table.header.size() - table.names, 'r') + "}\n\\hline\n" +
                     joined(table.header, " & ", latex) + " \\\\\n\\hline\n";
  for (const auto& row : table.rows) text += joined(row, " & ", latex) + " \\\\\n";
  return text + "\\hline\n\\end{tabular}\n";
}

}  // namespace uninet
