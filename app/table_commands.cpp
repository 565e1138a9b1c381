#include <CLI/CLI.hpp>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/commands.h"
#include "app/numbers.h"
#include "app/sources.h"
#include "app/system_measures.h"
#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/folders.h"
#include "core/base/numbers.h"
#include "core/results/system_table.h"
#ifdef UNINET_GUI
#include "ui/window/figures.h"
#endif

namespace uninet {
namespace {

struct TableArguments {
  int number = 1;  ///< of the paper's table
  std::string out, size, checkpoints, dataset = "cityscapes";
  std::vector<std::string> only;
  DataArgument data;
  std::int64_t limit = 0;
  double mostSeconds = 120;
  const CLI::Option* threads = nullptr;

  std::span<const PaperSystem> systems() const {
    return number == 1 ? table1Systems() : table2Systems();
  }
};

std::vector<SystemMeasures> chosenSystems(const TableArguments& arguments, cv::Size size) {
  std::vector<SystemMeasures> systems;
  for (const PaperSystem& system : arguments.systems()) {
    if (!arguments.only.empty() &&
        std::find(arguments.only.begin(), arguments.only.end(), system.key) == arguments.only.end())
      continue;
    SystemMeasures measures;
    measures.system = &system;
    measures.spec = system.spec(classesByKey(arguments.dataset), size);
    measures.cost = networkCost(measures.spec);
    systems.push_back(std::move(measures));
  }
  return systems;
}

MeasuredSystem rowOf(const SystemMeasures& system, const TableArguments& arguments) {
  MeasuredSystem row{system.system->key, system.system->title, {}, {}};
  row.published = arguments.number == 1 ? publishedTable1(row.key, arguments.dataset)
                                        : publishedTable2(row.key);
  row.values["macs_g"] = static_cast<double>(system.cost.ptflopsMacs) / 1e9;
  row.values["parameters_m"] = static_cast<double>(system.cost.parameters) / 1e6;
  if (system.pass) {
    row.values["fps"] = system.pass->passesPerSecond();
    row.values["joules"] = system.pass->joules;
    if (system.pass->peakBytes > 0)
      row.values["memory_mb"] = static_cast<double>(system.pass->peakBytes) / 1e6;
  }
  if (system.compiled) row.values["fps_plan"] = system.compiled->passesPerSecond();
  struct Metric {
    const char *column, *key;
    double factor;
  };
  for (const Metric& metric :
       {Metric{"miou", "miou", 100}, Metric{"ap_box", "ap_box", 100},
        Metric{"ap_mask", "ap_mask", 100}, Metric{"depth_rmse_m", "depth_rmse_m", 1},
        Metric{"depth_rmse_80", "depth_rmse_m", 80},
        Metric{"inst_depth_l1_m", "inst_depth_smooth_l1_m", 1}})
    if (const auto found = system.metrics.find(metric.key); found != system.metrics.end())
      row.values[metric.column] = metric.factor * found->second;
  return row;
}

/// "UniNet 12 (± 1.8 %)" of each, by one of the two ways.
std::string passesText(const std::vector<SystemMeasures>& systems,
                       std::optional<PassCost> SystemMeasures::*way) {
  std::string text;
  for (const SystemMeasures& system : systems) {
    if (!(system.*way)) continue;
    const RepeatedTime& time = (system.*way)->time;
    const double share = time.seconds.uncertainty();
    text += concat(text.empty() ? "" : "; ", system.system->title, " ", time.passes,
                   std::isfinite(share) ? concat(" (\u00b1 ", fixedText(100 * share, 1), " %)")
                                        : std::string(" (too few for an interval)"));
  }
  return text;
}

/// How the numbers were made, and what is to be known of the paper's.
std::vector<std::string> notesOf(const std::vector<SystemMeasures>& systems,
                                 const TableArguments& arguments, cv::Size size,
                                 const std::vector<std::string>& others) {
  std::vector<std::string> notes;
  const bool nyuv2 = arguments.dataset == "nyuv2";
  notes.push_back(concat("Costs: networks of full width, ", sizeText(size),
                         "; MACs as the paper counts them (ptflops). \u2260: not the paper's "
                         "number when rounded as there."));
  if (const cv::Size papers = classesByKey(arguments.dataset)->networkSize; size != papers)
    notes.push_back(concat("The paper's costs are those of ", sizeText(papers),
                           " and are not compared with these."));
  const auto measured = std::find_if(systems.begin(), systems.end(),
                                     [](const auto& system) { return system.pass.has_value(); });
  if (measured != systems.end()) {
    const PassCost& pass = *measured->pass;
    notes.push_back(concat(
        "FPS, energy and memory: ", pass.processor, ", ", pass.threads,
        pass.threads == 1 ? " thread" : " threads",
        "; passes of one random image through an untrained network, each network in a process of "
        "its own; the median of as many passes as it takes to know it to 2 % (95 % interval), the "
        "first one not counted. Networks that detect also decode and suppress what they find, "
        "which is next to nothing untrained. By LibTorch's operations, as every network can be "
        "computed; \"compiled\" by the plan of this program, where there is one. The paper's FPS "
        "and energy are those of an RTX 2080 Ti and are not compared."));
    notes.push_back("Passes: " + passesText(systems, &SystemMeasures::pass) + ".");
    if (const std::string text = passesText(systems, &SystemMeasures::compiled); !text.empty())
      notes.push_back("Passes, compiled: " + text + ".");
    notes.push_back(pass.noEnergy.empty()
                        ? std::string("Energy: of the processor's packages by their own counters "
                                      "(RAPL), with all that ran on them.")
                        : concat("Energy \u2013: ", pass.noEnergy, "."));
  }
  if (arguments.number == 1) {
    notes.emplace_back(
        "The paper's row \"Single task\" stands beside each of the two networks that make it: its "
        "parameters, MACs and FPS are those of one, and two tasks cost both.");
    if (nyuv2)
      notes.emplace_back(
          "The paper's RMSE on NYUv2 is 80 times that in metres, by the scale that its code takes "
          "for Cityscapes too.");
    else
      notes.emplace_back(
          "The paper prints +3.93 as \u0394 of MTI-Net \u2020; its own mIoU and RMSE give +13.93.");
  } else {
    notes.emplace_back(
        "The paper's Table 2 calls the row of segmentation \"SS (mAP m)\" and that of instances "
        "\"IS (mIoU)\"; the two measures are exchanged there, and put right here. Its columns "
        "are the rows here, and \u00b1 is its standard deviation.");
  }
  for (const SystemMeasures& system : systems) {
    if (!system.checkpointText.empty())
      notes.push_back(concat(system.system->title, ": metrics of ", system.checkpointText, "."));
    for (const std::string& note : system.notes)
      notes.push_back(concat(system.system->title, ": ", note, "."));
    for (const std::string& problem : system.problems)
      notes.push_back(concat(system.system->title, ": ", problem, "."));
  }
  for (const std::string& other : others) notes.push_back("Not in the table: " + other + ".");
  return notes;
}

void writeTable(const SystemTable& table, const TableArguments& arguments) {
  const std::filesystem::path out = arguments.out;
  writeTextFile(out / (table.id + ".md"), systemMarkdown(table));
  writeTextFile(out / (table.id + ".csv"), systemCsv(table));
  writeTextFile(out / (table.id + ".tex"), systemLatex(table));
  std::printf("%s.md .csv .tex: %s\n", table.id.c_str(), table.title.c_str());
  if (arguments.number != 1) return;
  const Figure figure = systemFigure(table);
#ifdef UNINET_GUI
  const std::string manifest = nlohmann::json{
      {"program", "UniNet Workbench " UNINET_VERSION},
      {"table", systemCsv(table)},
      {"notes", table.notes}}.dump();
  writeFigures({figure}, out, [&](const std::string&) { return manifest; });
  std::printf("figure-%s.pdf .svg .png .csv: \u0394 against MACs, area = parameters\n",
              figure.id.c_str());
#else
  writeTextFile(out / ("figure-" + figure.id + ".csv"), figureCsv(figure));
  std::printf("This build has no window: the numbers of the figure are written, no picture.\n");
#endif
}

void makeTable(const TableArguments& arguments) {
  const Classes classes = classesByKey(arguments.dataset);
  const cv::Size size =
      arguments.size.empty() ? classes->networkSize : parseSize(arguments.size, "--size");
  std::vector<SystemMeasures> systems = chosenSystems(arguments, size);
  const std::string threads =
      arguments.threads->count() > 0 ? arguments.threads->results().front() : std::string();
  prepareOutput(arguments.out);
  const SystemMeasurer measurer(std::filesystem::path(arguments.out) / "systems", threads);
  std::vector<std::string> others;
  if (!arguments.checkpoints.empty())
    SystemMeasurer::findCheckpoints(systems, arguments.checkpoints, terminalProgress("checkpoints"),
                                    others);
  measurer.measureCosts(systems, arguments.mostSeconds, terminalProgress("costs"));
  if (!arguments.checkpoints.empty()) {
    const DataArgument& data = arguments.data;
    measurer.measureMetrics(
        systems, [&](cv::Size networkSize) { return data.open(networkSize); }, data.text(),
        static_cast<std::size_t>(arguments.limit), terminalProgress("metrics"));
  }

  const bool nyuv2 = arguments.dataset == "nyuv2";
  SystemTable table{concat("table", arguments.number),
                    arguments.number == 1
                        ? concat("Networks for segmentation and depth, ", classes->title)
                        : std::string("UniNet for different combinations of tasks"),
                    arguments.number == 1 ? table1Columns(nyuv2) : table2Columns(),
                    {},
                    {}};
  for (const SystemMeasures& system : systems) table.systems.push_back(rowOf(system, arguments));
  addDeltas(table);
  table.notes = notesOf(systems, arguments, size, others);
  if (size != classes->networkSize)
    for (SystemColumn& column : table.columns)
      if (column.key == "macs_g") column.comparable = false;
  writeTable(table, arguments);
  std::size_t incomplete = 0;
  for (const SystemMeasures& system : systems) {
    incomplete += system.problems.empty() ? 0 : 1;
    for (const std::string& problem : system.problems)
      std::printf("%s: %s\n", system.system->title, problem.c_str());
  }
  std::printf("written to %s\n", arguments.out.c_str());
  if (incomplete > 0)
    throw Error(concat(incomplete, incomplete == 1 ? " system" : " systems",
                       " could not be measured completely, see above; the same command tries again "
                       "what is missing"));
}

void addTableCommand(CLI::App& app, int number, const char* help) {
  CLI::App* command = app.add_subcommand(concat("table", number), help);
  const auto arguments = std::make_shared<TableArguments>();
  arguments->number = number;
  arguments->threads = app.get_option("--threads");
  command
      ->add_option("--out", arguments->out,
                   "Folder; what is finished is kept there, and the same command goes on with it")
      ->required()
      ->check(notEmpty());
  command->add_option("--size", arguments->size,
                      "Height x width at which costs are measured (default: as in the paper)");
  if (number == 1)
    command
        ->add_option("--dataset", arguments->dataset,
                     "Whose classes, size and column of the paper: cityscapes (default) or nyuv2")
        ->check(CLI::IsMember({"cityscapes", "nyuv2"}));
  std::vector<std::string> keys;
  std::string list;
  for (const PaperSystem& system : arguments->systems()) {
    keys.emplace_back(system.key);
    list += (list.empty() ? "" : ", ") + keys.back();
  }
  command->add_option("--only", arguments->only, "Only these systems: " + list)
      ->delimiter(',')
      ->check(CLI::IsMember(keys));
  command
      ->add_option("--checkpoints", arguments->checkpoints,
                   "Folder of trained networks, each found by its keys: their metrics on --data "
                   "join the table")
      ->check(notEmpty());
  arguments->data.add(*command);
  addNumber<std::int64_t>(*command, "--limit", arguments->limit,
                          "Metrics of at most so many images; 0: all", 0, kMostImages);
  addNumber(*command, "--most-seconds", arguments->mostSeconds,
            "Of one system: no further pass is begun after that (default 120)", 0.0, 86400.0);
  command->callback([arguments] { makeTable(*arguments); });
}

}  // namespace

void addTable1Command(CLI::App& app) {
  addTableCommand(app, 1,
                  "Measures the networks of the paper's Table 1 on this machine, beside its "
                  "numbers");
}

void addTable2Command(CLI::App& app) {
  addTableCommand(app, 2, "The same for UniNet's combinations of tasks, the paper's Table 2");
}

}  // namespace uninet
