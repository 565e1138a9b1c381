#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstdio>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/commands.h"
#include "app/device_flag.h"
#include "app/numbers.h"
#include "app/own_command.h"
#include "app/sources.h"
#include "attacks/sweep/bench.h"
#include "core/base/error.h"
#include "core/base/folders.h"
#include "core/base/numbers.h"
#include "core/streetscape/streetscape.h"
#include "model/network/network_file.h"

namespace uninet {
namespace {

struct BenchArguments {
  CheckpointArgument checkpoint;
  std::string size = "512x1024";
  int rounds = 3;
  bool quick = false, tune = false, json = false;
};

/// One whole command of this program, seconds: the first time and the least of the next ones.
struct WholeCommand {
  std::string name;
  double cold = -1, warm = -1;
};

std::string milliseconds(double seconds) {
  if (seconds < 0) return "-";
  return fixedText(seconds * 1e3, seconds < 0.02 ? 1 : 0);
}
std::string ratio(double a, double b) { return a > 0 && b > 0 ? fixedText(a / b, 2) : "-"; }

void printRows(const char* title, const std::vector<BenchRow>& rows) {
  std::printf("\n%-26s %7s %7s %8s %7s %7s %7s %7s %8s %7s %7s\n", title, "plain", "eager",
              "bfloat16", "plan", "plain/", "eager/", "convs", "GFLOP/s", "floor", "/floor");
  for (const BenchRow& row : rows)
    std::printf("%-26s %7s %7s %8s %7s %7s %7s %7s %8s %7s %7s\n", row.name.c_str(),
                milliseconds(row.plain).c_str(), milliseconds(row.eager).c_str(),
                milliseconds(row.half).c_str(), milliseconds(row.plan).c_str(),
                ratio(row.plain, row.plan).c_str(), ratio(row.eager, row.plan).c_str(),
                milliseconds(row.convolutions).c_str(),
                row.gflops < 0 ? "-" : concat(static_cast<long>(row.gflops + 0.5)).c_str(),
                milliseconds(row.floor).c_str(), ratio(row.plan, row.floor).c_str());
}

/// Layers for which another way than that of the rule was faster by more than a tenth.
void printTuning(const std::vector<plan::TunedConv>& convolutions) {
  std::printf("\n%-64s %-9s %-14s %8s  %-14s %8s\n", "Convolution", "", "by rule", "ms", "faster",
              "ms");
  constexpr double kNoise = 0.9;
  std::size_t wrong = 0;
  double lost = 0;
  for (const plan::TunedConv& conv : convolutions) {
    const auto &rule = conv.ways.front(), &best = conv.ways[conv.best];
    if (best.seconds > kNoise * rule.seconds) continue;
    ++wrong;
    lost += rule.seconds - best.seconds;
    const std::string name = conv.key.substr(0, 34) + " (" + conv.shape + ")";
    std::printf("%-64s %-9s %-14s %8s  %-14s %8s\n", name.c_str(), conv.backward ? "gradient" : "",
                rule.method, fixedText(rule.seconds * 1e3, 2).c_str(), best.method,
                fixedText(best.seconds * 1e3, 2).c_str());
  }
  std::printf("the rule is wrong for %zu of %zu on this processor, which costs %s ms in all\n",
              wrong, convolutions.size(), milliseconds(lost).c_str());
}

const BenchRow* rowOf(const std::vector<BenchRow>& rows, const std::string& name) {
  const auto found =
      std::find_if(rows.begin(), rows.end(), [&](const BenchRow& row) { return row.name == name; });
  return found == rows.end() ? nullptr : &*found;
}

/// What this program is meant to reach on two cores, or on a card, at 512 x 1024, beside what it
/// does.
void printAims(const BenchReport& report, const std::vector<WholeCommand>& commands) {
  std::printf("\n%-46s %10s %10s\n",
              report.onCard ? "Aims (512x1024)" : "Aims (two cores, 512x1024)", "aim", "found");
  const auto line = [](const std::string& name, double aim, double found, bool atLeast,
                       const char* unit) {
    if (found <= 0) return;
    const bool met = atLeast ? found >= aim : found <= aim;
    std::printf("%-46s %2s %7s %9s%s%s\n", name.c_str(),
                atLeast ? ">=" : "<=", fixedText(aim, 2).c_str(), fixedText(found, 2).c_str(), unit,
                met ? "" : "   missed");
  };
  const auto over = [](const BenchRow* row, double BenchRow::*way) {
    return row != nullptr && row->*way > 0 && row->plan > 0 ? row->*way / row->plan : -1;
  };
  if (report.onCard) {
    for (const BenchRow& row : report.iterations)
      if (row.floor > 0 && row.plan > 0)
        line(concat(row.name, ", program / convolution floor"), 1.5, row.plan / row.floor, false,
             "");
    return;
  }
  const bool wide = report.lanes == 16;
  for (const char* name : {"PGD, seg", "PGD, depth"}) {
    const BenchRow* row = rowOf(report.iterations, name);
    if (wide) line(concat(name, ", plain / plan"), 5, over(row, &BenchRow::plain), true, "");
    line(concat(name, ", eager / plan"), 2.2, over(row, &BenchRow::eager), true, "");
    if (row != nullptr && row->floor > 0)
      line(concat(name, ", plan / convolution floor"), 1.25, row->plan / row->floor, false, "");
  }
  const BenchRow* all = rowOf(report.iterations, "PGD, multi-task");
  line("PGD, multi-task, plain / plan", 3, over(all, &BenchRow::plain), true, "");
  line("PGD, multi-task, eager / plan", 2, over(all, &BenchRow::eager), true, "");
  line("prediction, all tasks, plain / plan", 2.5,
       over(rowOf(report.predictions, "prediction, all tasks"), &BenchRow::plain), true, "");
  if (report.plainPeak > 0)
    line("peak memory of an iteration, plan / plain", 0.4,
         static_cast<double>(report.planPeak) / static_cast<double>(report.plainPeak), false, "");
  for (const WholeCommand& command : commands)
    if (command.name.starts_with("attack")) line(command.name, 2, command.warm, false, " s");
}

void printReport(const BenchReport& report, const std::vector<WholeCommand>& commands, bool tune) {
  std::printf("%s, %d threads, plan on %s\n%s\n", report.processor.c_str(), report.threads,
              report.kernels.c_str(), report.network.c_str());
  if (report.onCard)
    std::printf(
        "Milliseconds. plain: all heads, gradients of weights, NCHW; eager: folded, pruned, "
        "channels last;\nplan: the program, the same as two CUDA graphs; floor: LibTorch's "
        "convolutions one by one.\n");
  else
    std::printf(
        "Milliseconds. plain: all heads, gradients of weights, NCHW; eager: folded, pruned, "
        "channels "
        "last;\nconvs, GFLOP/s: of the plan, by the definition of a convolution; floor: its "
        "convolutions one by one,\neach in its fastest way.\n");
  printRows("One iteration", report.iterations);
  printRows("One forward pass", report.predictions);
  std::printf("\n%-60s %10s\n", "Around the network", "ms");
  for (const BenchReport::Part& part : report.around)
    std::printf("%-60s %10s\n", part.name.c_str(), milliseconds(part.seconds).c_str());
  std::printf("\n%-46s %10s %10s\n", "Whole commands, s", "first", "next");
  for (const WholeCommand& command : commands)
    std::printf("%-46s %10s %10s\n", command.name.c_str(), fixedText(command.cold, 2).c_str(),
                fixedText(command.warm, 2).c_str());
  const auto megabytes = [](std::size_t bytes) {
    return fixedText(static_cast<double>(bytes) / 1e6, 0);
  };
  std::printf(
      "\nMost memory of one iteration of all tasks, MB: plain %s, plan %s with its making\n",
      megabytes(report.plainPeak).c_str(), megabytes(report.planPeak).c_str());
  if (!report.onCard)
    std::printf("Weights and feature maps of the largest plan %s MB\n",
                megabytes(report.planBytes).c_str());
  printAims(report, commands);
  if (tune) printTuning(report.convolutions);
}

/// Seconds of a command in a process of its own, with what it says of errors in `errors`.
double secondsOfCommand(const std::vector<std::string>& arguments,
                        const std::filesystem::path& errors) {
  const OwnOutcome outcome = runOwnCommand(arguments, {}, errors);
  if (!outcome.problem.empty())
    throw Error(
        concat("bench: \"uninet ", arguments.front(), "\" could not be run: ", outcome.problem));
  return outcome.seconds;
}

/// Commands on one scene with this network, everything from the start of the program to its end.
std::vector<WholeCommand> timeCommands(const Engine& engine, int rounds) {
  const TemporaryFolder folder(std::filesystem::temp_directory_path() / "bench");
  const std::string network = (folder.path / "network.safetensors").string();
  saveNetwork(engine.network(), network, /*half=*/false);
  const auto out = [&](const char* name) { return (folder.path / name).string(); };
  const std::filesystem::path errors = folder.path / "errors.txt";
  const std::vector<std::pair<const char*, std::vector<std::string>>> asked{
      {"predict, one scene",
       {"predict", "--checkpoint", network, "--input", "streetscape", "--scenes", "1", "--out",
        out("predict")}},
      {"attack, 2 iterations of PGD on one scene",
       {"attack", "--checkpoint", network, "--scenes", "1", "--iterations", "2", "--out",
        out("attack")}}};
  std::vector<WholeCommand> found;
  for (auto [name, arguments] : asked) {
    if (deviceGiven()) arguments.insert(arguments.begin(), {"--device", chosenDevice()});
    WholeCommand command{name};
    command.cold = secondsOfCommand(arguments, errors);
    for (int round = 0; round < rounds; ++round) {
      const double took = secondsOfCommand(arguments, errors);
      command.warm = command.warm < 0 ? took : std::min(command.warm, took);
    }
    found.push_back(command);
  }
  return found;
}

void bench(const BenchArguments& arguments) {
  // Fresh weights cost the same as trained ones.
  NetworkSpec spec;
  spec.size = parseSize(arguments.size);
  const Engine engine = arguments.checkpoint.file.empty()
                            ? makeUntrainedEngine(spec, 1).onDevice(chosenDevice())
                            : arguments.checkpoint.open();
  const int rounds = arguments.quick ? 1 : arguments.rounds;
  const RawFrame frame = openStreetscape("val", 1, 1, engine.spec().size)->load(0);
  const Sample original = withTruthOf(makeSample(frame), engine.spec().classes);
  const BenchReport report = runBench(engine, original, rounds, terminalProgress("Benchmark"));
  const std::vector<WholeCommand> commands = timeCommands(engine, rounds);
  if (!arguments.json) return printReport(report, commands, arguments.tune);
  nlohmann::json json = toJson(report);
  for (const WholeCommand& command : commands)
    json["commands"].push_back(
        {{"name", command.name}, {"first_seconds", command.cold}, {"next_seconds", command.warm}});
  std::cout << json.dump(1) << "\n";
}

}  // namespace

void addBenchCommand(CLI::App& app) {
  CLI::App* command = app.add_subcommand(
      "bench", "Times iterations and predictions against LibTorch's own operations");
  const auto arguments = std::make_shared<BenchArguments>();
  command
      ->add_option("--checkpoint", arguments->checkpoint.file,
                   "Network (default: five tasks of full width, untrained)")
      ->check(notEmpty());
  command->add_option("--size", arguments->size,
                      "Height x width of the untrained network (default 512x1024)");
  addNumber(*command, "--rounds", arguments->rounds, "Measured runs of each way (default 3)", 1,
            1000);
  command->add_flag("--quick", arguments->quick, "One round");
  command->add_flag("--tune", arguments->tune,
                    "Also lists the convolutions for which the rule of the plan is not the fastest "
                    "way on this processor");
  command->add_flag("--json", arguments->json, "Prints JSON");
  command->callback([arguments] { bench(*arguments); });
}

}  // namespace uninet
