#include <CLI/CLI.hpp>

#include <cstdio>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/commands.h"
#include "app/numbers.h"
#include "app/sources.h"
#include "attacks/measures/bench.h"
#include "core/base/error.h"
#include "core/base/numbers.h"
#include "core/streetscape/streetscape.h"

namespace uninet {
namespace {

struct BenchArguments {
  CheckpointArgument checkpoint;
  std::string size = "512x1024";
  int rounds = 3;
  bool quick = false, json = false;
};

void printRows(const char* title, const std::vector<BenchRow>& rows) {
  std::printf("\n%-34s %9s %9s %9s %8s %8s %7s %8s\n", title, "plain", "eager", "plan", "plain/",
              "eager/", "convs", "GFLOP/s");
  const auto milliseconds = [](double seconds) {
    return seconds < 0 ? std::string("-") : concat(static_cast<long>(seconds * 1e3 + 0.5));
  };
  const auto ratio = [](double a, double b) {
    return a > 0 && b > 0 ? fixedText(a / b, 2) : std::string("-");
  };
  for (const BenchRow& row : rows)
    std::printf("%-34s %9s %9s %9s %8s %8s %7s %8s\n", row.name.c_str(),
                milliseconds(row.plain).c_str(), milliseconds(row.eager).c_str(),
                milliseconds(row.plan).c_str(), ratio(row.plain, row.plan).c_str(),
                ratio(row.eager, row.plan).c_str(), milliseconds(row.convolutions).c_str(),
                row.gflops < 0 ? "-" : concat(static_cast<long>(row.gflops + 0.5)).c_str());
}

void bench(const BenchArguments& arguments) {
  // Fresh weights cost the same as trained ones.
  NetworkSpec spec;
  spec.size = parseSize(arguments.size);
  const Engine engine = arguments.checkpoint.file.empty() ? makeUntrainedEngine(spec, 1)
                                                          : arguments.checkpoint.open();
  const RawFrame frame = openStreetscape("val", 1, 1, engine.spec().size)->load(0);
  const Sample sample =
      resizeSample(withTruthOf(makeSample(frame), engine.spec().classes), engine.spec().size);
  const BenchReport report = runBench(engine, sample, arguments.quick ? 1 : arguments.rounds,
                                      terminalProgress("Benchmark"));
  if (arguments.json) {
    std::cout << toJson(report).dump(1) << "\n";
    return;
  }
  std::printf("%s, %d threads, plan on %s\n%s\n", report.processor.c_str(), report.threads,
              report.kernels.c_str(), report.network.c_str());
  std::printf(
      "Milliseconds. plain: all heads, gradients of weights, NCHW; eager: folded, pruned, "
      "channels last;\nconvs, GFLOP/s: of the plan, by the definition of a convolution.\n");
  printRows("One iteration", report.iterations);
  printRows("One forward pass", report.predictions);
  std::printf(
      "\nDecoding with NMS and masks %s ms; weights and feature maps of the largest plan %s MB\n",
      fixedText(report.decode * 1e3, 1).c_str(),
      fixedText(static_cast<double>(report.planBytes) / 1e6, 0).c_str());
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
  command->add_flag("--json", arguments->json, "Prints JSON");
  command->callback([arguments] { bench(*arguments); });
}

}  // namespace uninet
